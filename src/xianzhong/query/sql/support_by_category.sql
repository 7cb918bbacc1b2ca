-- County support by category and year, whatever the period: records, the amounts and how many give
-- them, and both amounts of the records that give both.
SELECT
    category,
    "year",
    count(*) AS records,
    sum(promised) AS promised,
    count(promised) AS promised_known,
    sum(delivered) AS delivered,
    count(delivered) AS delivered_known,
    sum(promised) FILTER (WHERE delivered IS NOT NULL) AS promised_both,
    sum(delivered) FILTER (WHERE promised IS NOT NULL) AS delivered_both,
    count(*) FILTER (WHERE promised IS NOT NULL AND delivered IS NOT NULL) AS both_known
FROM support_any
GROUP BY category, "year"
ORDER BY category, "year"
