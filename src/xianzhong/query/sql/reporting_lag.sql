-- Days from the end of an activity to the upload that reported it: the middle one, and that
-- which nine in ten do not exceed.
WITH lags AS (SELECT date_diff('day', ended_on, reported_on) AS days FROM facts)
SELECT median(days) AS median_days, quantile_cont(days, 0.9) AS p90_days
FROM lags
