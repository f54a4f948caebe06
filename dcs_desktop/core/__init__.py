"""What a report means: no Qt, SQL, ReportLab, file or clock in here."""
