-- The pairings of the schools of a view, newest cycle first, with their sources.
SELECT
    university_code, scheme, agreement_date, agreement_date_precision, start_term,
    end_date, cycle_start, cycle_end, has_plan, has_development_plan, has_county_policy,
    note, source, source_date, source_url, quote,
    CASE
        WHEN cycle_start IS NULL THEN 'unknown'
        WHEN cycle_start > $reference_day THEN 'not_begun'
        WHEN cycle_end < $reference_day THEN 'ended'
        WHEN cycle_end <= $day_in_180 THEN 'ending'
        ELSE 'in_force'
    END AS state
FROM pairings_any
ORDER BY cycle_start DESC, university_code
