-- Every school with its supporters, last activity, activities in the period and kinds received.
WITH supporters AS (
    SELECT
        school_no,
        list_sort(list_distinct(list(university_code))) AS universities,
        list_sort(list_distinct(list(scheme))) AS schemes,
        max(cycle_end) AS cycle_end
    FROM pairings
    GROUP BY school_no
),
done AS (
    SELECT
        school_no,
        count(*) AS activities,
        sum(people_sent)::BIGINT AS people_sent,
        count(DISTINCT kind) FILTER (WHERE list_contains($measures, kind)) AS measures
    FROM facts
    GROUP BY school_no
),
latest AS (
    SELECT school_no, max("start") AS last_start, arg_max(start_precision, "start") AS precision
    FROM facts_any
    GROUP BY school_no
)
SELECT
    schools.school_code,
    schools.name AS school,
    schools.province,
    schools.prefecture,
    schools.county,
    schools.county_code,
    schools.longitude,
    schools.latitude,
    supporters.universities,
    supporters.schemes,
    supporters.cycle_end,
    latest.last_start,
    latest.precision AS last_start_precision,
    coalesce(done.activities, 0) AS activities,
    done.people_sent,
    coalesce(done.measures, 0) AS measures
FROM schools
INNER JOIN supporters USING (school_no)
LEFT JOIN done USING (school_no)
LEFT JOIN latest USING (school_no)
ORDER BY schools.school_code
