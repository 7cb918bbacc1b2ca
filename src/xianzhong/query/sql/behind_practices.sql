-- Good practice, as it was reported.
SELECT *
FROM practices
ORDER BY published DESC, school_code, record_id
