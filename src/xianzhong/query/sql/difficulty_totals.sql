-- Difficulties as they stood at the reference day: in all, by place ($by_county as in
-- activity_totals) and by owner. What is resolved without a date counts only over all time.
WITH judged AS MATERIALIZED (
    SELECT
        coalesce(CASE WHEN $by_county THEN county_code ELSE province END, '') AS place,
        coalesce("owner", '-') AS in_charge,
        standing,
        days_overdue,
        standing = 'resolved' AND (resolved_on IS NOT NULL OR $all_time) AS done,
        days_taken
    FROM difficulties_judged
    WHERE $in_charge = '' OR coalesce("owner", '-') = $in_charge
)
SELECT
    CASE
        WHEN grouping(place) = 0 THEN 'place'
        WHEN grouping(in_charge) = 0 THEN 'owner'
        ELSE 'all'
    END AS part,
    coalesce(place, in_charge, '') AS code,
    count(*) AS difficulties,
    count(*) FILTER (WHERE standing <> 'resolved') AS difficulties_open,
    count(*) FILTER (WHERE days_overdue IS NOT NULL) AS difficulties_overdue,
    count(*) FILTER (WHERE standing = 'open') AS waiting,
    count(*) FILTER (WHERE standing = 'in_progress') AS in_progress,
    count(*) FILTER (WHERE done) AS difficulties_resolved,
    count(*) FILTER (WHERE standing = 'resolved' AND NOT done) AS undated,
    median(days_taken) FILTER (WHERE done) AS difficulties_days
FROM judged
GROUP BY GROUPING SETS ((), (place), (in_charge))
ORDER BY part, code
