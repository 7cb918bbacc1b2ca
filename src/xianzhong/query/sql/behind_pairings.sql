-- The pairings of a view in their own words, newest cycle first, with what their checklist holds;
-- $state chooses among those whose cycle holds, nears or has passed its end on the reference day,
-- and those without a date of signing. Rules as in pairing_totals and pairing_readiness.
SELECT
    pairings.*,
    pairings.agreement_date IS NOT NULL AS has_agreement,
    universities.has_leading_group,
    universities.has_incentives
FROM pairings
LEFT JOIN universities USING (university_no)
WHERE
    CASE $state
        WHEN 'in_force' THEN cycle_start <= $reference_day AND cycle_end >= $reference_day
        WHEN 'ending'
            THEN cycle_start <= $reference_day
                AND cycle_end BETWEEN $reference_day AND $day_in_180
        WHEN 'ended' THEN cycle_end < $reference_day
        WHEN 'undated' THEN agreement_date IS NULL
        ELSE true
    END
ORDER BY cycle_start DESC, pairings.school_code, pairings.university_code
