"""The course's content as it lies on disk: exercises, misconceptions, and the rules they keep."""
