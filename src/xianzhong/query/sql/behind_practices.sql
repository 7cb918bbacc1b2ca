-- Good practice, as it was reported; of one reach where $spread names it.
SELECT *
FROM practices
WHERE $spread = '' OR spread = $spread
ORDER BY published DESC, school_code, record_id
