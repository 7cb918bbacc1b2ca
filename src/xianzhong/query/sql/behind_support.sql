-- What counties promised and delivered, as it was reported; $part chooses: what a county owes
-- ('duty'), of that where both numbers are given ('both'), the fee that nobody may charge where
-- there is one ('brand_fee'), the fee for managing ('management_fee').
SELECT *
FROM support
WHERE
    CASE $part
        WHEN 'duty' THEN category NOT IN ('brand_fee', 'management_fee')
        WHEN 'both'
            THEN category NOT IN ('brand_fee', 'management_fee')
                AND promised IS NOT NULL
                AND delivered IS NOT NULL
        WHEN 'brand_fee' THEN category = 'brand_fee' AND (promised > 0 OR delivered > 0)
        WHEN 'management_fee' THEN category = 'management_fee'
        ELSE true
    END
ORDER BY "year" DESC, school_code, category
