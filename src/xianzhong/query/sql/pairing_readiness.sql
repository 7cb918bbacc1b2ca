-- Readiness of the pairings in the period, in all and by place ($by_county as in
-- activity_totals): how many have each thing of the checklist, and on how many anything is
-- recorded. The last two are the university's.
WITH chosen AS MATERIALIZED (
    SELECT
        coalesce(CASE WHEN $by_county THEN pairings.county_code ELSE pairings.province END, '')
            AS place,
        pairings.agreement_date IS NOT NULL AS agreement,
        pairings.has_plan AS plan,
        pairings.has_development_plan AS development_plan,
        pairings.has_county_policy AS county_policy,
        universities.has_leading_group AS leading_group,
        universities.has_incentives AS incentives
    FROM pairings
    LEFT JOIN universities USING (university_no)
)
SELECT
    CASE WHEN grouping(place) = 1 THEN 'all' ELSE 'place' END AS part,
    coalesce(place, '') AS code,
    count(*) AS pairings,
    count(*) FILTER (WHERE agreement) AS agreement,
    count(*) FILTER (WHERE agreement) AS agreement_known,
    count(*) FILTER (WHERE plan) AS plan,
    count(plan) AS plan_known,
    count(*) FILTER (WHERE development_plan) AS development_plan,
    count(development_plan) AS development_plan_known,
    count(*) FILTER (WHERE county_policy) AS county_policy,
    count(county_policy) AS county_policy_known,
    count(*) FILTER (WHERE leading_group) AS leading_group,
    count(leading_group) AS leading_group_known,
    count(*) FILTER (WHERE incentives) AS incentives,
    count(incentives) AS incentives_known
FROM chosen
GROUP BY GROUPING SETS ((), (place))
ORDER BY part, code
