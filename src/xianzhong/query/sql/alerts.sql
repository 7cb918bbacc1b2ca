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
pairs AS MATERIALIZED (
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
-- One pass over the facts, and none where only rules are asked for that do not read them. What
-- ends after the reference day counts until then.
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
            AND ($rule IN ('', 'late_reporting') OR starts_with($rule, 'silent'))
    )
    GROUP BY school_no
),
silent AS (
    SELECT
        school_code,
        coalesce(last_day < $day_180, TRUE) AND since <= $day_180 AS for_180,
        last_day,
        date_diff('day', coalesce(last_day, since), $reference_day::DATE) AS days
    FROM in_force
    LEFT JOIN done USING (school_no)
    -- A younger agreement cannot have been silent for so long.
    WHERE coalesce(last_day < $day_90, TRUE) AND since <= $day_90
),
-- The fee that no county may be charged stands among what it pays.
owed AS (
    SELECT
        school_code,
        "year",
        category = 'brand_fee' AS fee,
        sum(promised) AS promised,
        sum(delivered) AS delivered
    FROM support_any
    WHERE CASE
        WHEN category = 'brand_fee' THEN "year" <= year($reference_day::DATE)
        ELSE category <> 'management_fee'
            AND promised > 0
            AND delivered IS NOT NULL
            AND "year" BETWEEN year($reference_day::DATE) - $support_years
            AND year($reference_day::DATE) - 1
    END
    GROUP BY ALL
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
alerts AS MATERIALIZED (
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
    UNION ALL
    -- The days until the end, or since: what ended longest ago and what ends soonest come first.
    SELECT
        CASE WHEN last_end < $reference_day THEN 'agreement_ended' ELSE 'agreement_ending' END,
        school_code,
        university_code,
        last_end,
        abs(date_diff('day', last_end, $reference_day::DATE)),
        NULL,
        NULL,
        NULL,
        date_diff('day', last_end, $reference_day::DATE)
    FROM pairs
    WHERE last_end < $reference_day OR (in_force AND last_end <= $day_in_180)
    UNION ALL
    SELECT 'no_plan', school_code, university_code, last_end, NULL, NULL, NULL, NULL, 0
    FROM pairs
    WHERE no_plan
    UNION ALL
    SELECT
        CASE WHEN fee THEN 'brand_fee' ELSE 'support_behind' END,
        school_code,
        "year"::VARCHAR,
        NULL,
        CASE WHEN fee THEN greatest(promised, delivered) ELSE delivered END,
        promised,
        NULL,
        NULL,
        CASE WHEN fee THEN greatest(promised, delivered) ELSE promised - delivered END
    FROM owed
    WHERE CASE
        WHEN fee THEN greatest(promised, delivered) > 0
        ELSE delivered < $delivered_share * promised
    END
    UNION ALL
    SELECT
        'difficulty_overdue',
        school_code,
        difficulty_code,
        due,
        date_diff('day', due, $reference_day::DATE),
        NULL,
        title,
        owner,
        date_diff('day', due, $reference_day::DATE)
    FROM overdue
    WHERE due < $reference_day
    UNION ALL
    SELECT
        'late_reporting',
        schools.school_code,
        '',
        NULL,
        reported_late,
        reported,
        NULL,
        NULL,
        reported_late
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
joined AS MATERIALIZED (
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
