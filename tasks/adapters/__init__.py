"""The only files that import gspread, googleapiclient and google.auth: they translate and decide nothing."""
