-- Activities by university, most first.
SELECT
    university_code AS code,
    count(*) AS activities,
    count(DISTINCT school_code) AS active_schools,
    sum(people_sent)::BIGINT AS people_sent
FROM facts
GROUP BY university_code
ORDER BY activities DESC, code
LIMIT $row_limit
