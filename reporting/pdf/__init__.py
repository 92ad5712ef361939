"""A filed report as a document to print, keep and hand round: PDF/A-3a and PDF/UA-1, its data inside."""
