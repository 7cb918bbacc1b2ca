-- Activities, active schools and persons by school term, whatever the period chosen.
-- The autumn term begins in September and January belongs to it; see model/terms.py.
WITH dated AS (
    SELECT
        year("start") - CASE WHEN month("start") < 9 THEN 1 ELSE 0 END AS "year",
        CASE WHEN month("start") BETWEEN 2 AND 8 THEN 2 ELSE 1 END AS half,
        school_no,
        people_sent,
        participants,
        days_on_site
    FROM facts_any
)
SELECT
    "year",
    half,
    count(*) AS activities,
    count(DISTINCT school_no) AS active_schools,
    sum(people_sent) AS people_sent,
    sum(participants) AS participants,
    sum(days_on_site) AS days_on_site
FROM dated
GROUP BY "year", half
ORDER BY "year", half
