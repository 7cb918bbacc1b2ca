-- Training ($training) by school term, whatever the period chosen; see activities_by_term.
WITH dated AS (
    SELECT
        year("start") - CASE WHEN month("start") < 9 THEN 1 ELSE 0 END AS "year",
        CASE WHEN month("start") BETWEEN 2 AND 8 THEN 2 ELSE 1 END AS half,
        school_no,
        participants,
        audience
    FROM facts_any
    WHERE list_contains($training, kind)
)
SELECT
    "year",
    half,
    count(*) AS sessions,
    count(DISTINCT school_no) AS schools,
    sum(participants) FILTER (WHERE audience = 'principals') AS principals,
    sum(participants) FILTER (WHERE audience = 'teachers') AS teachers,
    sum(participants) FILTER (WHERE audience = 'principals_teachers') AS principals_teachers,
    sum(participants) FILTER (WHERE audience IS NULL OR audience = 'students') AS unsplit
FROM dated
GROUP BY "year", half
ORDER BY "year", half
