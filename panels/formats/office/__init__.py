"""Office documents: Word, OpenDocument, RTF and PDF, one package each; here is what they share."""
