-- Pairings in the period with their state at the reference day, checklist and source; those
-- with most of the checklist missing first.
WITH chosen AS (
    SELECT
        pairings.*,
        universities.has_leading_group,
        universities.has_incentives,
        CASE
            WHEN cycle_start IS NULL THEN 'unknown'
            WHEN cycle_start > $reference_day THEN 'not_begun'
            WHEN cycle_end < $reference_day THEN 'ended'
            WHEN cycle_end <= $day_in_180 THEN 'ending'
            ELSE 'in_force'
        END AS state
    FROM pairings
    LEFT JOIN universities USING (university_no)
)
SELECT
    university_code,
    school_code,
    coalesce(school_name, school_code) AS school,
    coalesce(province, '') AS province,
    coalesce(prefecture, '') AS prefecture,
    coalesce(county, '') AS county,
    coalesce(county_code, '') AS county_code,
    scheme,
    agreement_date,
    agreement_date_precision,
    start_term,
    end_date,
    end_date_precision,
    cycle_start,
    cycle_end,
    state,
    CASE WHEN agreement_date IS NULL THEN NULL ELSE TRUE END AS agreement,
    has_plan AS plan,
    has_development_plan AS development_plan,
    has_county_policy AS county_policy,
    has_leading_group AS leading_group,
    has_incentives AS incentives,
    CASE WHEN agreement_date IS NULL THEN 1 ELSE 0 END
    + CASE WHEN has_plan THEN 0 ELSE 1 END
    + CASE WHEN has_development_plan THEN 0 ELSE 1 END
    + CASE WHEN has_county_policy THEN 0 ELSE 1 END
    + CASE WHEN has_leading_group THEN 0 ELSE 1 END
    + CASE WHEN has_incentives THEN 0 ELSE 1 END AS missing,
    note,
    source,
    source_date,
    source_url,
    quote
FROM chosen
ORDER BY missing DESC, province, county_code, school_code, university_code, scheme
