-- What needs attention, by the rules of model/alerts.py, judged at the reference day: one row per
-- alert of $rule (all rules if empty) with $part = 'list', those put aside ($aside) or the others;
-- counts by rule, place and whether put aside with $part = 'counts', and how many records there
-- are of the tables that may be empty.
WITH agreements AS MATERIALIZED (
    SELECT
        school_no,
        school_code,
        university_code,
        has_plan,
        cycle_start,
        cycle_end,
        coalesce(cycle_start <= $reference_day AND cycle_end >= $reference_day, FALSE) AS in_force
    FROM pairings_any
),
-- A pair is one alert, however many schemes or cycles are on record. A later cycle, also one that
-- has not begun, is the renewal of an earlier one.
pairs AS (
    SELECT
        school_code,
        university_code,
        max(cycle_end) AS last_end,
        bool_or(in_force) AS in_force,
        coalesce(bool_or(NOT has_plan AND (in_force OR cycle_start IS NULL)), FALSE) AS no_plan
    FROM agreements
    GROUP BY school_code, university_code
),
in_force AS (
    SELECT school_no, school_code, min(cycle_start) AS since
    FROM agreements
    WHERE in_force
    GROUP BY school_no, school_code
),
-- One pass over the facts. What ends after the reference day counts until then.
done AS MATERIALIZED (
    SELECT
        school_no,
        max(least(ended_on, $reference_day)) AS last_day,
        count(*) FILTER (WHERE lag IS NOT NULL) AS reported,
        count(*) FILTER (WHERE lag > $late_days) AS reported_late
    FROM (
        SELECT
            school_no,
            ended_on,
            CASE
                WHEN ended_on > $reference_day::DATE - 365 AND ended_on <= $reference_day
                    THEN date_diff('day', ended_on, reported_on)
            END AS lag
        FROM facts_any
        WHERE "start" <= $reference_day
    )
    GROUP BY school_no
),
silent AS (
    SELECT
        school_code,
        coalesce(last_day < $day_180, TRUE) AS for_180,
        last_day,
        date_diff('day', coalesce(last_day, since), $reference_day::DATE) AS days
    FROM in_force
    LEFT JOIN done USING (school_no)
    WHERE coalesce(last_day < $day_90, TRUE)
),
owed AS (
    SELECT
        school_code,
        "year",
        sum(promised) AS promised,
        sum(delivered) AS delivered
    FROM support_any
    WHERE category NOT IN ('brand_fee', 'management_fee')
        AND promised > 0
        AND delivered IS NOT NULL
        AND "year" BETWEEN year($reference_day::DATE) - $support_years
        AND year($reference_day::DATE) - 1
    GROUP BY school_code, "year"
),
overdue AS (
    SELECT
        school_code,
        difficulty_code,
        title,
        owner,
        CASE WHEN due_precision = 'month' THEN last_day(due) ELSE due END AS due
    FROM difficulties_any
    WHERE (state <> 'resolved' OR resolved > $reference_day)
        AND coalesce(raised <= $reference_day, TRUE)
),
-- `item` tells apart alerts of one rule for one school; `number` of `total` explains; `urgency`
-- orders the alerts of one rule.
alerts AS (
    SELECT
        CASE WHEN for_180 THEN 'silent_180' ELSE 'silent_90' END AS rule,
        school_code,
        '' AS item,
        last_day AS "day",
        days::DOUBLE AS number,
        NULL::DOUBLE AS total,
        NULL AS what,
        NULL AS owner,
        days::DOUBLE AS urgency
    FROM silent
    UNION ALL BY NAME
    SELECT
        'agreement_ending' AS rule,
        school_code,
        university_code AS item,
        last_end AS "day",
        date_diff('day', $reference_day::DATE, last_end)::DOUBLE AS number,
        -date_diff('day', $reference_day::DATE, last_end)::DOUBLE AS urgency
    FROM pairs
    WHERE in_force AND last_end <= $day_in_180
    UNION ALL BY NAME
    SELECT
        'agreement_ended' AS rule,
        school_code,
        university_code AS item,
        last_end AS "day",
        date_diff('day', last_end, $reference_day::DATE)::DOUBLE AS number,
        date_diff('day', last_end, $reference_day::DATE)::DOUBLE AS urgency
    FROM pairs
    WHERE last_end < $reference_day
    UNION ALL BY NAME
    SELECT 'no_plan' AS rule, school_code, university_code AS item, last_end AS "day", 0 AS urgency
    FROM pairs
    WHERE no_plan
    UNION ALL BY NAME
    SELECT
        'support_behind' AS rule,
        school_code,
        "year"::VARCHAR AS item,
        delivered AS number,
        promised AS total,
        promised - delivered AS urgency
    FROM owed
    WHERE delivered < $delivered_share * promised
    UNION ALL BY NAME
    SELECT
        'brand_fee' AS rule,
        school_code,
        "year"::VARCHAR AS item,
        greatest(promised, delivered) AS number,
        greatest(promised, delivered) AS urgency
    FROM support_any
    WHERE category = 'brand_fee'
        AND greatest(promised, delivered) > 0
        AND "year" <= year($reference_day::DATE)
    UNION ALL BY NAME
    SELECT
        'difficulty_overdue' AS rule,
        school_code,
        difficulty_code AS item,
        due AS "day",
        date_diff('day', due, $reference_day::DATE)::DOUBLE AS number,
        title AS what,
        owner,
        date_diff('day', due, $reference_day::DATE)::DOUBLE AS urgency
    FROM overdue
    WHERE due < $reference_day
    UNION ALL BY NAME
    SELECT
        'late_reporting' AS rule,
        schools.school_code,
        '' AS item,
        reported_late AS number,
        reported AS total,
        reported_late AS urgency
    FROM done
    INNER JOIN schools USING (school_no)
    WHERE reported_late * 2 > reported
),
-- One without an item puts aside all alerts of its rule at the school.
aside AS (
    SELECT
        rule,
        school_code,
        coalesce(item, '') AS item,
        max(until_day) AS until,
        arg_max(reason, until_day) AS reason,
        arg_max(commit_id, until_day) AS commit_id
    FROM (
        SELECT
            *,
            CASE WHEN until_precision = 'month' THEN last_day(until) ELSE until END AS until_day
        FROM put_aside
    )
    WHERE until_day >= $reference_day
    GROUP BY rule, school_code, coalesce(item, '')
),
joined AS (
    SELECT
        alerts.*,
        place.name AS school,
        place.province,
        place.county_code,
        place.county,
        own.item IS NOT NULL OR whole.item IS NOT NULL AS aside,
        coalesce(own.until >= coalesce(whole.until, own.until), FALSE) AS by_own,
        own,
        whole
    FROM alerts
    LEFT JOIN schools AS place ON place.school_code = alerts.school_code
    LEFT JOIN aside AS own
        ON own.rule = alerts.rule
        AND own.school_code = alerts.school_code
        AND own.item = alerts.item
    LEFT JOIN aside AS whole
        ON whole.rule = alerts.rule
        AND whole.school_code = alerts.school_code
        AND whole.item = ''
),
supporters AS (
    SELECT school_code, list_sort(list_distinct(list(university_code))) AS universities
    FROM agreements
    GROUP BY school_code
),
listed AS (
    SELECT
        joined.* EXCLUDE (own, whole, by_own),
        list_position($rules, rule) AS position,
        -- Of two the one that lasts longer; its item says which record takes the alert up again.
        CASE WHEN by_own THEN own.item ELSE whole.item END AS aside_item,
        CASE WHEN by_own THEN own.until ELSE whole.until END AS until,
        CASE WHEN by_own THEN own.reason ELSE whole.reason END AS reason,
        CASE WHEN by_own THEN own.commit_id ELSE whole.commit_id END AS commit_id
    FROM joined
    WHERE $part = 'list' AND aside = $aside AND ($rule = '' OR rule = $rule)
    ORDER BY position, urgency DESC, school_code, item
    LIMIT $row_limit OFFSET $row_offset
)
SELECT
    'list' AS part,
    listed.*,
    CASE
        WHEN rule IN ('agreement_ending', 'agreement_ended', 'no_plan') THEN [item]
        ELSE universities
    END AS universities
FROM listed
LEFT JOIN supporters USING (school_code)
UNION ALL BY NAME
SELECT
    'counts' AS part,
    rule,
    coalesce(CASE WHEN $by_county THEN county_code ELSE province END, '') AS code,
    aside,
    count(*) AS alerts
FROM joined
WHERE $part = 'counts'
GROUP BY ALL
UNION ALL BY NAME
SELECT 'records' AS part, 'support' AS rule, count(*) AS alerts
FROM support_any
HAVING $part = 'counts'
UNION ALL BY NAME
SELECT 'records' AS part, 'difficulties' AS rule, count(*) AS alerts
FROM difficulties_any
HAVING $part = 'counts'
ORDER BY part, position, urgency DESC, school_code, item, rule, code
