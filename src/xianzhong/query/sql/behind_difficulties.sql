-- Difficulties, as they were reported.
SELECT *
FROM difficulties
ORDER BY raised DESC, school_code, record_id
