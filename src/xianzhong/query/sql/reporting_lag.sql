-- Days from the end of an activity to the upload that reported it.
SELECT median(date_diff('day', ended_on, reported_on)) AS median_days
FROM facts
