-- Days from the end of an activity to the upload that reported it: the middle one, and that which
-- nine in ten do not exceed. Both are read off the number of activities by days, which costs a
-- third of sorting them; between two values they lie where quantile_cont would put them.
WITH counted AS (
    SELECT date_diff('day', ended_on, reported_on) AS days, count(*) AS activities
    FROM facts
    WHERE reported_on IS NOT NULL
    GROUP BY days
),
ranked AS (
    SELECT
        days,
        sum(activities) OVER (ORDER BY days) AS up_to,
        (sum(activities) OVER () - 1) * 0.5 AS middle,
        (sum(activities) OVER () - 1) * 0.9 AS ninth
    FROM counted
),
ends AS (
    SELECT
        min(days) FILTER (WHERE up_to > floor(middle)) AS middle_low,
        min(days) FILTER (WHERE up_to > ceil(middle)) AS middle_high,
        any_value(middle - floor(middle)) AS middle_part,
        min(days) FILTER (WHERE up_to > floor(ninth)) AS ninth_low,
        min(days) FILTER (WHERE up_to > ceil(ninth)) AS ninth_high,
        any_value(ninth - floor(ninth)) AS ninth_part
    FROM ranked
)
SELECT
    (middle_low + (middle_high - middle_low) * middle_part)::DOUBLE AS median_days,
    (ninth_low + (ninth_high - ninth_low) * ninth_part)::DOUBLE AS p90_days
FROM ends
