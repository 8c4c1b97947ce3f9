"""Files as they come, to tables of text: which there are, whether they are whole, what no parser can read.

Begin with `delivery`, one file known by its content, and `expected`, those that should be there. `readers` read one,
beside `records`, which counts apart from any parser, `headers` and `stray_quotes`; `lookups` and `rates` are files that
are joined. What a value means is not known here: all that leaves is text, with the line that it stood on.
"""
