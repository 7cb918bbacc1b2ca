-- Universities with a pairing or an activity in the view, or every one on record where
-- $unpaired_too: schools, places, what was done in the period, last activity, silent schools
-- (as in silent_schools, pairing by pairing), readiness.
WITH paired AS (
    SELECT
        university_no,
        count(DISTINCT school_no) AS schools,
        string_agg(DISTINCT scheme, ',' ORDER BY scheme) AS schemes,
        string_agg(DISTINCT province, ',' ORDER BY province) AS provinces
    FROM pairings
    GROUP BY university_no
),
-- Three narrow passes: grouping all activities by university and school costs more than these.
done AS (
    SELECT
        university_no,
        count(*) AS activities,
        sum(people_sent)::BIGINT AS people_sent,
        sum(days_on_site) AS days_on_site
    FROM facts
    GROUP BY university_no
),
latest AS (
    SELECT
        university_no,
        max("start") AS last_start,
        arg_max(start_precision, "start") AS "precision"
    FROM facts_any
    GROUP BY university_no
),
recent AS (
    SELECT DISTINCT university_no, school_no
    FROM facts_any
    WHERE "start" <= $reference_day AND ended_on >= $day_90
),
in_force AS (
    SELECT DISTINCT university_no, school_no
    FROM pairings_any
    WHERE cycle_start <= $reference_day AND cycle_end >= $reference_day
),
silent AS (
    SELECT university_no, count(*) FILTER (WHERE recent.school_no IS NULL) AS silent_90
    FROM in_force
    LEFT JOIN recent USING (university_no, school_no)
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
