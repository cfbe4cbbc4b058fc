"""The panels beside a view; each shows the active photo and takes (model, selection).

InfoPanel(model, selection)   the whole right-hand column: score, group, readings, EXIF, scrolling when it is tall
"""
