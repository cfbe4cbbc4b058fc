"""The ways to look at a shoot. Every view takes (model, selection, thumbnails): one CardModel, one shared
QItemSelectionModel whose current index is the active photo, and one ThumbnailLoader.

    GridView(model, selection, thumbnails)       opened(); visible_changed(list of Card, on screen first);
                                                 cell_size_changed(int); cell_size; set_cell_size(px); larger();
                                                 smaller(); set_message(title, hint) for the empty state
    FilmstripView(model, selection, thumbnails)  opened(); visible_changed(list of Card)
    LoupeView(model, selection, thumbnails)      closed() on Escape; zoom_changed(float); face_changed(); face;
                                                 toggle_zoom(); fit(); actual_pixels(); show_face(number);
                                                 next_face(step); step(delta); stop() joins its threads
    CompareView(lineup, thumbnails, pictures, overlays)   opened(); closed(); shown_changed(list of Card); cards; count;
                                                 show_count(n); toggle_zoom(); flip(); active_pane; panes
    SurveyView(lineup, thumbnails)               opened(); closed(); shown_changed(list of Card); cards; stop()

Compare and Survey show one `desktop.lineup.Lineup`, which knows model and selection.
"""
