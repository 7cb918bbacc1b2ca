-- Universities with a pairing or an activity in the view, or every one on record where
-- $unpaired_too: schools, places, what was done in the period, last activity, silent schools
-- (as in silent_schools, pairing by pairing), readiness.
WITH paired AS (
    SELECT
        university_no,
        count(DISTINCT school_no) AS schools,
        list_sort(list_distinct(list(scheme))) AS schemes,
        list_sort(list_distinct(list(province))) AS provinces
    FROM pairings
    GROUP BY university_no
),
done AS (
    SELECT
        university_no,
        count(*) AS activities,
        sum(people_sent)::BIGINT AS people_sent,
        sum(days_on_site) AS days_on_site
    FROM facts
    GROUP BY university_no
),
by_pair AS MATERIALIZED (
    SELECT
        university_no,
        school_no,
        max("start") AS last_start,
        arg_max(start_precision, "start") AS "precision",
        max(ended_on) FILTER (WHERE "start" <= $reference_day) AS last_day
    FROM facts_any
    GROUP BY university_no, school_no
),
latest AS (
    SELECT
        university_no,
        max(last_start) AS last_start,
        arg_max("precision", last_start) AS "precision"
    FROM by_pair
    GROUP BY university_no
),
in_force AS (
    SELECT DISTINCT university_no, school_no
    FROM pairings_any
    WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day
),
silent AS (
    SELECT
        university_no,
        count(*) FILTER (WHERE by_pair.last_day IS NULL OR by_pair.last_day < $day_90) AS silent_90
    FROM in_force
    LEFT JOIN by_pair USING (university_no, school_no)
    GROUP BY university_no
)
SELECT
    universities.university_code,
    universities.name,
    universities.department,
    coalesce(paired.schools, 0) AS schools,
    paired.schemes,
    paired.provinces,
    coalesce(done.activities, 0) AS activities,
    done.people_sent,
    done.days_on_site,
    latest.last_start,
    latest."precision" AS last_start_precision,
    silent.silent_90,
    universities.has_leading_group,
    universities.has_incentives,
    NOT list_contains($words_for_none, lower(universities.affiliated_schools)) AS has_affiliated,
    universities.affiliated_schools
FROM universities
LEFT JOIN paired USING (university_no)
LEFT JOIN done USING (university_no)
LEFT JOIN latest USING (university_no)
LEFT JOIN silent USING (university_no)
WHERE $unpaired_too OR paired.schools > 0 OR done.activities > 0
ORDER BY universities.university_code
