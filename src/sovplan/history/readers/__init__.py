"""Published tables as economies: symmetric input-output, supply-use, and pymrio systems.

A reader is a pure function from labelled arrays to a `Folder` and the `Notes` on what it assumed
and changed; beside each stands a thin function that reads the files of one publisher.
"""
