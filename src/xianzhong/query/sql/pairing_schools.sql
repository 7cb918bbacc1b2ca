-- The pairings of a view, whatever the period, each with its state at the reference day and what
-- this supporter did at the school: activities in the period, the last one of all time.
WITH done AS (
    SELECT
        university_no,
        school_no,
        count(*) AS activities,
        sum(people_sent)::BIGINT AS people_sent,
        sum(days_on_site) AS days_on_site
    FROM facts
    GROUP BY university_no, school_no
),
latest AS (
    SELECT
        university_no,
        school_no,
        max("start") AS last_start,
        arg_max(start_precision, "start") AS "precision"
    FROM facts_any
    GROUP BY university_no, school_no
)
SELECT
    pairings_any.university_code,
    pairings_any.school_code,
    coalesce(pairings_any.school_name, pairings_any.school_code) AS school,
    coalesce(pairings_any.province, '') AS province,
    coalesce(pairings_any.county, '') AS county,
    coalesce(pairings_any.county_code, '') AS county_code,
    pairings_any.scheme,
    pairings_any.cycle_start,
    pairings_any.cycle_end,
    CASE
        WHEN cycle_start IS NULL THEN 'unknown'
        WHEN cycle_start > $reference_day THEN 'not_begun'
        WHEN cycle_end < $reference_day THEN 'ended'
        WHEN cycle_end <= $day_in_180 THEN 'ending'
        ELSE 'in_force'
    END AS state,
    coalesce(done.activities, 0) AS activities,
    done.people_sent,
    done.days_on_site,
    latest.last_start,
    latest."precision" AS last_start_precision,
    pairings_any.source,
    pairings_any.source_date,
    pairings_any.source_url
FROM pairings_any
LEFT JOIN done
    ON done.university_no = pairings_any.university_no AND done.school_no = pairings_any.school_no
LEFT JOIN latest
    ON
        latest.university_no = pairings_any.university_no
        AND latest.school_no = pairings_any.school_no
ORDER BY province, county_code, school_code, scheme
