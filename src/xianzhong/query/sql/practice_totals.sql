-- Good practice of a view: in all and as far as it has spread.
SELECT
    count(*) AS practices_recorded,
    count(*) FILTER (WHERE spread = 'province') AS practices_province,
    count(*) FILTER (WHERE spread = 'nation') AS practices_nation
FROM practices
