-- Activities by university, most first.
WITH most AS (
    SELECT
        university_no,
        count(*) AS activities,
        count(DISTINCT school_no) AS active_schools,
        sum(people_sent) AS people_sent
    FROM facts
    GROUP BY university_no
)
SELECT university_code AS code, most.* EXCLUDE (university_no)
FROM most
INNER JOIN universities USING (university_no)
ORDER BY activities DESC, code
LIMIT $row_limit
