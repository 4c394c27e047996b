"""Articles from wherever they lie: text, web pages, tables of rows, folders, standard input, the web.

`inputs.collect` is the way in. Nothing is lost in silence: what cannot be used becomes a row of `failures`.
"""
