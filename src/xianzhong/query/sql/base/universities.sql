-- Universities with a running number that stands for their code in facts.
SELECT source.*, (row_number() OVER (ORDER BY university_code))::INTEGER AS university_no
FROM source
