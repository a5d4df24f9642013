"""Every sentence that a student reads from the grader, in English and Simplified Chinese."""
