"""What holds for all tests."""

import os

# A process that lowered its priority cannot raise it again: commands that are run here leave it as it is.
os.environ["DATELINE_REBUILD_NICE"] = os.environ["DATELINE_UPDATE_NICE"] = "0"
