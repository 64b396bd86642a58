"""What reports come in: text in many encodings, HTML, .docx, PDF, and the archives and collections that hold them."""
