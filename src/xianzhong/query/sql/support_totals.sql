-- County support in the calendar years that the period touches, in all and by place ($by_county
-- as in activity_totals). $duty are the categories that a county owes; fees stand apart. A policy
-- ($unpriced) has an amount only where somebody gave one, and lacks none otherwise.
WITH counted AS (
    SELECT
        CASE WHEN $by_county THEN county_code ELSE province END AS place,
        category,
        promised,
        delivered,
        list_contains($duty, category) AS duty,
        category <> $unpriced OR promised IS NOT NULL OR delivered IS NOT NULL AS priced,
        promised IS NOT NULL AND delivered IS NOT NULL AS both_given
    FROM support
)
SELECT
    CASE WHEN grouping(place) = 0 THEN 'place' ELSE 'all' END AS part,
    coalesce(place, '') AS code,
    count(*) AS records,
    count(*) FILTER (WHERE duty AND priced) AS priced,
    sum(promised) FILTER (WHERE duty) AS promised,
    count(promised) FILTER (WHERE duty) AS promised_known,
    sum(delivered) FILTER (WHERE duty) AS delivered,
    count(delivered) FILTER (WHERE duty) AS delivered_known,
    sum(promised) FILTER (WHERE duty AND both_given) AS promised_both,
    sum(delivered) FILTER (WHERE duty AND both_given) AS delivered_both,
    count(*) FILTER (WHERE duty AND both_given) AS both_known,
    count(*) FILTER (WHERE category = 'brand_fee' AND (promised > 0 OR delivered > 0))
        AS brand_fee_records,
    sum(delivered) FILTER (WHERE category = 'management_fee') AS management_fee,
    count(delivered) FILTER (WHERE category = 'management_fee') AS management_fee_known,
    count(*) FILTER (WHERE category = 'management_fee') AS management_fee_records
FROM counted
GROUP BY GROUPING SETS ((), (place))
ORDER BY ALL
