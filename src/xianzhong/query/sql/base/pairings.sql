-- Pairings with their place and the first and last day of their cycle.
-- The cycle begins with the first term, else with the agreement; it ends on the end date,
-- else $agreement_years years later.
SELECT
    dated.* EXCLUDE (term_start),
    coalesce(term_start, agreement_date) AS cycle_start,
    coalesce(
        CASE
            WHEN end_date_precision = 'month' THEN last_day(end_date)
            ELSE end_date
        END,
        (coalesce(term_start, agreement_date) + INTERVAL ($agreement_years) YEAR
            - INTERVAL 1 DAY)::DATE
    ) AS cycle_end,
    school.school_no,
    university.university_no,
    school.name AS school_name,
    school.county_code,
    school.county,
    school.prefecture,
    school.province
FROM (
    SELECT
        source.*,
        CASE
            WHEN start_term LIKE '____-1' THEN make_date(TRY_CAST(left(start_term, 4) AS INTEGER), 9, 1)
            WHEN start_term LIKE '____-2' THEN make_date(TRY_CAST(left(start_term, 4) AS INTEGER) + 1, 2, 1)
        END AS term_start
    FROM source
) AS dated
LEFT JOIN base.schools AS school USING (school_code)
LEFT JOIN base.universities AS university USING (university_code)
