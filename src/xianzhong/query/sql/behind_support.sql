-- What counties promised and delivered, as it was reported.
SELECT *
FROM support
ORDER BY "year" DESC, school_code, category
