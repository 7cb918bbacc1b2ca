-- Every school with its supporters, last activity, activities in the period and kinds received.
WITH supporters AS (
    SELECT
        school_code,
        list(DISTINCT university_code ORDER BY university_code) AS universities,
        list(DISTINCT scheme ORDER BY scheme) AS schemes,
        max(cycle_end) AS cycle_end
    FROM pairings
    GROUP BY school_code
),
done AS (
    SELECT
        school_code,
        count(*) AS activities,
        sum(people_sent)::BIGINT AS people_sent,
        count(DISTINCT kind) FILTER (WHERE list_contains($measures, kind)) AS measures
    FROM activities
    GROUP BY school_code
),
latest AS (
    SELECT school_code, max("start") AS last_start, arg_max(start_precision, "start") AS precision
    FROM activities_any
    GROUP BY school_code
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
INNER JOIN supporters USING (school_code)
LEFT JOIN done USING (school_code)
LEFT JOIN latest USING (school_code)
ORDER BY schools.school_code
