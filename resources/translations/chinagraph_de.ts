<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ClocksDialog</name>
    <message>
        <source>Camera clocks</source>
        <translation>Kamerauhren</translation>
    </message>
    <message>
        <source>Cameras whose clocks disagree tear moments apart. A correction is added to the times that a camera wrote, in Chinagraph only: no file is changed.</source>
        <translation>Gehen die Uhren zweier Kameras verschieden, fallen gemeinsame Momente auseinander. Eine Korrektur wird zu den Zeiten addiert, die eine Kamera geschrieben hat, nur in Chinagraph: Keine Datei wird geändert.</translation>
    </message>
    <message>
        <source>About clocks</source>
        <translation>Über die Uhren</translation>
    </message>
    <message>
        <source>Cameras of this shoot</source>
        <translation>Kameras dieses Shootings</translation>
    </message>
    <message>
        <source>Camera whose clock is right</source>
        <translation>Kamera, deren Uhr richtig geht</translation>
    </message>
    <message>
        <source>Photos of the right clock</source>
        <translation>Fotos der Kamera, deren Uhr richtig geht</translation>
    </message>
    <message>
        <source>Its photos</source>
        <translation>Ihre Fotos</translation>
    </message>
    <message>
        <source>These two are of one moment</source>
        <translation>Beide zeigen denselben Moment</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>No correction</source>
        <translation>Keine Korrektur</translation>
    </message>
    <message>
        <source>Apply and group anew</source>
        <translation>Anwenden und neu gruppieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
    <message>
        <source>Or match with</source>
        <translation>Oder abgleichen mit</translation>
    </message>
    <message>
        <source>and one of its own</source>
        <translation>und einem eigenen</translation>
    </message>
    <message>
        <source>The clock of {}</source>
        <translation>Die Uhr von {}</translation>
    </message>
    <message>
        <source>no time</source>
        <translation>keine Zeit</translation>
    </message>
    <message>
        <source>Bursts, scenes and the order of time are found anew. Groups made by hand stay.</source>
        <translation>Serien, Szenen und die zeitliche Reihenfolge werden neu ermittelt. Von Hand gebildete Gruppen bleiben.</translation>
    </message>
    <message>
        <source>Photos that do not say which camera took them: {}</source>
        <translation>Fotos ohne Angabe der Kamera: {}</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>Es ändert sich nichts.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos of {}: correction {} becomes {}</source>
        <translation>
            <numerusform>%Ln Foto von {}: Korrektur {} wird {}</numerusform>
            <numerusform>%Ln Fotos von {}: Korrektur {} wird {}</numerusform>
        </translation>
    </message>
    <message>
        <source>A clock cannot be wrong by {}. Choose two photos of one moment.</source>
        <translation>Um {} kann keine Uhr falsch gehen. Wählen Sie zwei Fotos desselben Moments.</translation>
    </message>
</context>
<context>
    <name>ComparePane</name>
    <message>
        <source>Champion</source>
        <translation>Favorit</translation>
    </message>
    <message>
        <source>Photo {}</source>
        <translation>Foto {}</translation>
    </message>
    <message>
        <source>{}, active: {}</source>
        <translation>{}, aktiv: {}</translation>
    </message>
    <message>
        <source>{}: {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>champion</source>
        <translation>Favorit</translation>
    </message>
</context>
<context>
    <name>CompareView</name>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>Y flips</source>
        <translation>Y wechselt</translation>
    </message>
    <message>
        <source>Alone: select more photos in the grid to compare it</source>
        <translation>Allein: Markieren Sie im Raster weitere Fotos zum Vergleichen</translation>
    </message>
    <message>
        <source>The others are measured against this one</source>
        <translation>Die anderen werden an diesem gemessen</translation>
    </message>
    <message>
        <source>Measured: as good as {}</source>
        <translation>Gemessen: so gut wie {}</translation>
    </message>
    <message>
        <source>Measured: {}, against {}</source>
        <translation>Gemessen: {}, gegenüber {}</translation>
    </message>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
</context>
<context>
    <name>ConflictRows</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Ours</source>
        <translation>Chinagraph</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>keep {}</source>
        <translation>{} behalten</translation>
    </message>
    <message>
        <source>take {}</source>
        <translation>{} übernehmen</translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message>
        <source>Metadata of the files</source>
        <translation>Metadaten der Dateien</translation>
    </message>
    <message>
        <source>What the files say</source>
        <translation>Was die Dateien sagen</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>Then retry, or close this: your decisions hold.</source>
        <translation>Dann erneut versuchen oder schließen: Ihre Entscheidungen gelten.</translation>
    </message>
    <message>
        <source>Progress of reading</source>
        <translation>Fortschritt beim Lesen</translation>
    </message>
    <message>
        <source>Could not be understood</source>
        <translation>Nicht zu verstehen</translation>
    </message>
    <message>
        <source>Files that could not be understood</source>
        <translation>Dateien, die nicht zu verstehen sind</translation>
    </message>
    <message>
        <source>&amp;Ours for all</source>
        <translation>Alle aus &amp;Chinagraph</translation>
    </message>
    <message>
        <source>&amp;Theirs for all</source>
        <translation>Alle aus den &amp;Dateien</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Fields that disagree</source>
        <translation>Felder, die sich widersprechen</translation>
    </message>
    <message>
        <source>The photo</source>
        <translation>Das Foto</translation>
    </message>
    <message>
        <source>The photo and the field</source>
        <translation>Das Foto und das Feld</translation>
    </message>
    <message>
        <source>Who says what</source>
        <translation>Was woher kommt</translation>
    </message>
    <message>
        <source>Reading what the files say</source>
        <translation>Die Angaben der Dateien werden gelesen</translation>
    </message>
    <message>
        <source>{} of {} photos</source>
        <translation>{} von {} Fotos</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln that were answered before</source>
        <translation>
            <numerusform>%Ln zeigen, das schon beantwortet war</numerusform>
            <numerusform>%Ln zeigen, die schon beantwortet waren</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing disagrees: what the files say is what was decided.</source>
        <translation>Nichts widerspricht sich: Die Dateien sagen, was entschieden wurde.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields are said otherwise in the files. Nothing changes before you apply your answers.</source>
        <translation>
            <numerusform>%Ln Feld lautet in den Dateien anders. Nichts ändert sich, bevor Sie eine Antwort anwenden.</numerusform>
            <numerusform>%Ln Felder lauten in den Dateien anders. Nichts ändert sich, bevor Sie Ihre Antworten anwenden.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Keep: {}</source>
        <translation>&amp;Behalten: {}</translation>
    </message>
    <message>
        <source>&amp;{} Take: {}</source>
        <translation>&amp;{} Übernehmen: {}</translation>
    </message>
    <message numerus="yes">
        <source>&amp;Apply %Ln answers</source>
        <translation>
            <numerusform>%Ln Antwort &amp;anwenden</numerusform>
            <numerusform>%Ln Antworten &amp;anwenden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CritiquePanel</name>
    <message>
        <source>Both scores</source>
        <translation>Beide Scores</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>VILA {} beside the base score {}</source>
        <translation>VILA {} neben dem Basis-Score {}</translation>
    </message>
    <message>
        <source>Nothing that could be said stood up to what was measured.</source>
        <translation>Nichts, was sich sagen ließ, hielt den Messwerten stand.</translation>
    </message>
    <message>
        <source>Looking at the photo…</source>
        <translation>Das Foto wird angesehen…</translation>
    </message>
</context>
<context>
    <name>DecisionsCheck</name>
    <message>
        <source>Close Chinagraph and start it again: it then offers the newest backup with what is still readable.</source>
        <translation>Chinagraph schließen und neu starten: Dann wird die neueste Sicherung angeboten, ergänzt um das, was noch lesbar ist.</translation>
    </message>
    <message>
        <source>Close now</source>
        <translation>Jetzt schließen</translation>
    </message>
</context>
<context>
    <name>DeedPages</name>
    <message>
        <source>This goes on by itself once it answers. You can stop here; what is done stays.</source>
        <translation>Sobald es antwortet, geht es von selbst weiter. Sie können hier stoppen; was getan ist, bleibt.</translation>
    </message>
    <message>
        <source>What is done stays; the rest can be done once it answers.</source>
        <translation>Was getan ist, bleibt; der Rest lässt sich nachholen, sobald es antwortet.</translation>
    </message>
</context>
<context>
    <name>Departures</name>
    <message>
        <source>Wait until the export is done, or stop it</source>
        <translation>Warten Sie, bis der Export fertig ist, oder stoppen Sie ihn</translation>
    </message>
    <message>
        <source>Your last decisions are not saved yet.

{}

Close and lose them?</source>
        <translation>Ihre letzten Entscheidungen sind noch nicht gespeichert.

{}

Schließen und sie verlieren?</translation>
    </message>
    <message>
        <source>Files are still being written.</source>
        <translation>Es werden noch Dateien geschrieben.</translation>
    </message>
    <message>
        <source>What is done stays when you stop now, and the same export completes it later.</source>
        <translation>Was getan ist, bleibt, wenn Sie jetzt stoppen; derselbe Export setzt es später fort.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Stoppen und schließen</translation>
    </message>
</context>
<context>
    <name>DistributionChart</name>
    <message>
        <source>Distribution of the base score</source>
        <translation>Verteilung des Basis-Scores</translation>
    </message>
    <message>
        <source>score {}: {} %</source>
        <translation>Score {}: {} %</translation>
    </message>
</context>
<context>
    <name>DriveLine</name>
    <message>
        <source>What is waited for</source>
        <translation>Worauf gewartet wird</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>{} does not answer. Check its drive or network.</source>
        <translation>{} antwortet nicht. Prüfen Sie Laufwerk oder Netz.</translation>
    </message>
</context>
<context>
    <name>DriveWatch</name>
    <message>
        <source>{} does not answer. Check its drive or network, then retry. Your decisions are safe, and other folders can be opened meanwhile.</source>
        <translation>{} antwortet nicht. Prüfen Sie Laufwerk oder Netz, und versuchen Sie es erneut. Ihre Entscheidungen sind sicher, und andere Ordner lassen sich inzwischen öffnen.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>EmptyPanel</name>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Try the sample shoot</source>
        <translation>Beispiel-Shooting ausprobieren</translation>
    </message>
    <message>
        <source>Photos with bursts and flaws, made on this machine in some seconds</source>
        <translation>Fotos mit Serien und Fehlern, in einigen Sekunden auf diesem Rechner erzeugt</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Look for the folder once more</source>
        <translation>Den Ordner noch einmal suchen</translation>
    </message>
    <message>
        <source>Open a shoot</source>
        <translation>Shooting öffnen</translation>
    </message>
    <message>
        <source>Drop one or more folders here, or choose one. Your photos are only read, never changed.</source>
        <translation>Ziehen Sie einen oder mehrere Ordner hierher, oder wählen Sie einen. Ihre Fotos werden nur gelesen, nie geändert.</translation>
    </message>
    <message>
        <source>Reading the folder…</source>
        <translation>Der Ordner wird gelesen…</translation>
    </message>
    <message>
        <source>Neither the folder nor its subfolders hold a JPEG, HEIC, TIFF, PNG or RAW file.</source>
        <translation>Weder der Ordner noch seine Unterordner enthalten eine Datei vom Typ JPEG, HEIC, TIFF, PNG oder RAW.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln videos are left out: Chinagraph shows photos only.</source>
        <translation>
            <numerusform>%Ln Video wird ausgelassen: Chinagraph zeigt nur Fotos.</numerusform>
            <numerusform>%Ln Videos werden ausgelassen: Chinagraph zeigt nur Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>Hier sind keine Fotos</translation>
    </message>
    <message>
        <source>This cannot be opened</source>
        <translation>Das lässt sich nicht öffnen</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Moving {} to {}</source>
        <translation>{} nach {} verschieben</translation>
    </message>
    <message>
        <source>Exporting {} to {}</source>
        <translation>{} nach {} exportieren</translation>
    </message>
    <message>
        <source>Stop here? What is done stays, and the same export completes it later.</source>
        <translation>Hier stoppen? Was getan ist, bleibt; derselbe Export setzt es später fort.</translation>
    </message>
    <message>
        <source>The export could not be done</source>
        <translation>Der Export war nicht möglich</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photos are in {}</source>
        <translation>
            <numerusform>%Ln Foto liegt in {}</numerusform>
            <numerusform>Alle %Ln Fotos liegen in {}</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: </source>
        <translation>Gestoppt: </translation>
    </message>
    <message>
        <source>{}{} of {} are in {}</source>
        <translation>{}{} von {} liegen in {}</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>exported</source>
        <translation>exportiert</translation>
    </message>
    <message>
        <source>Every copy was read back and compared.</source>
        <translation>Jede Kopie wurde zurückgelesen und verglichen.</translation>
    </message>
    <message>
        <source>Table: {}</source>
        <translation>Tabelle: {}</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>The keepers</source>
        <translation>Die behaltenen</translation>
    </message>
    <message>
        <source>The picks</source>
        <translation>Die gewählten</translation>
    </message>
    <message>
        <source>Photos with</source>
        <translation>Fotos mit</translation>
    </message>
    <message>
        <source>The selected photos</source>
        <translation>Die markierten Fotos</translation>
    </message>
    <message>
        <source>The best, as one choice</source>
        <translation>Die besten, als eine Auswahl</translation>
    </message>
    <message>
        <source>All that are shown</source>
        <translation>Alle angezeigten</translation>
    </message>
    <message>
        <source>Which photos</source>
        <translation>Welche Fotos</translation>
    </message>
    <message>
        <source>Stars at least</source>
        <translation>Mindestzahl der Sterne</translation>
    </message>
    <message>
        <source> or more stars</source>
        <translation> oder mehr Sternen</translation>
    </message>
    <message>
        <source>How many of the best</source>
        <translation>Wie viele der besten</translation>
    </message>
    <message>
        <source> photos</source>
        <translation> Fotos</translation>
    </message>
    <message>
        <source>Folder to export to</source>
        <translation>Zielordner des Exports</translation>
    </message>
    <message>
        <source>A folder outside of the shoot</source>
        <translation>Ein Ordner außerhalb des Shootings</translation>
    </message>
    <message>
        <source>&amp;Choose…</source>
        <translation>Wäh&amp;len…</translation>
    </message>
    <message>
        <source>Choose the folder to export to</source>
        <translation>Zielordner des Exports wählen</translation>
    </message>
    <message>
        <source>Copy or move</source>
        <translation>Kopieren oder verschieben</translation>
    </message>
    <message>
        <source>Copy: the originals stay</source>
        <translation>Kopieren: Originale bleiben</translation>
    </message>
    <message>
        <source>Move the originals away</source>
        <translation>Originale verschieben</translation>
    </message>
    <message>
        <source>Template of the names</source>
        <translation>Vorlage der Namen</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Insert a field into the template</source>
        <translation>Ein Feld in die Vorlage einfügen</translation>
    </message>
    <message>
        <source>What is wrong with the template</source>
        <translation>Was an der Vorlage falsch ist</translation>
    </message>
    <message>
        <source>What becomes of a name that is taken</source>
        <translation>Was aus einem vergebenen Namen wird</translation>
    </message>
    <message>
        <source>Number them: -2, -3 …</source>
        <translation>Nummerieren: -2, -3 …</translation>
    </message>
    <message>
        <source>Leave the photo out</source>
        <translation>Foto auslassen</translation>
    </message>
    <message>
        <source>As they are, all files of a photo</source>
        <translation>Unverändert, alle Dateien eines Fotos</translation>
    </message>
    <message>
        <source>Smaller JPEG in sRGB</source>
        <translation>Kleinere JPEGs in sRGB</translation>
    </message>
    <message>
        <source>Smaller WebP in sRGB</source>
        <translation>Kleinere WebPs in sRGB</translation>
    </message>
    <message>
        <source>What is exported</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>Longest edge in pixels</source>
        <translation>Längste Kante in Pixeln</translation>
    </message>
    <message>
        <source> px long</source>
        <translation> px lang</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>quality </source>
        <translation>Qualität </translation>
    </message>
    <message>
        <source>EXIF, with the place</source>
        <translation>EXIF mit Aufnahmeort</translation>
    </message>
    <message>
        <source>Copyright alone</source>
        <translation>Nur Copyright</translation>
    </message>
    <message>
        <source>No EXIF</source>
        <translation>Ohne EXIF</translation>
    </message>
    <message>
        <source>What a smaller picture keeps of EXIF</source>
        <translation>Was ein kleineres Bild von EXIF behält</translation>
    </message>
    <message>
        <source>None is added</source>
        <translation>Keine ergänzen</translation>
    </message>
    <message>
        <source>Stars, flags, colours for {}</source>
        <translation>Sterne, Flaggen, Farben für {}</translation>
    </message>
    <message>
        <source>Program that stars, flags and colours travel to</source>
        <translation>Programm, für das Sterne, Flaggen und Farben geschrieben werden</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>CSV, for spreadsheets</source>
        <translation>CSV, für Tabellenprogramme</translation>
    </message>
    <message>
        <source>JSON, to repeat the ranking</source>
        <translation>JSON, um die Rangfolge zu wiederholen</translation>
    </message>
    <message>
        <source>Table of the ranking</source>
        <translation>Tabelle der Rangfolge</translation>
    </message>
    <message>
        <source>Read every copy back and compare it</source>
        <translation>Jede Kopie zurücklesen und vergleichen</translation>
    </message>
    <message>
        <source>About moving</source>
        <translation>Über das Verschieben</translation>
    </message>
    <message>
        <source>P&amp;hotos</source>
        <translation>F&amp;otos</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;Nach</translation>
    </message>
    <message>
        <source>Ho&amp;w</source>
        <translation>&amp;Wie</translation>
    </message>
    <message>
        <source>&amp;Names</source>
        <translation>N&amp;amen</translation>
    </message>
    <message>
        <source>If ta&amp;ken</source>
        <translation>Wenn verge&amp;ben</translation>
    </message>
    <message>
        <source>&amp;Files</source>
        <translation>&amp;Dateien</translation>
    </message>
    <message>
        <source>Meta&amp;data</source>
        <translation>&amp;Metadaten</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>&amp;Tabelle</translation>
    </message>
    <message>
        <source>Originals are moved as they are, and to another drive only when compared.</source>
        <translation>Originale werden verschoben, wie sie sind, und auf ein anderes Laufwerk nur nach einem Vergleich.</translation>
    </message>
    <message>
        <source>Export to a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>What would leave</source>
        <translation>Was exportiert würde</translation>
    </message>
    <message>
        <source>Size and room</source>
        <translation>Größe und freier Platz</translation>
    </message>
    <message>
        <source>What to know</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Moves that were interrupted</source>
        <translation>Unterbrochene Verschiebungen</translation>
    </message>
    <message>
        <source>&amp;Go on with it</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Who reads what</source>
        <translation>Welches Programm was liest</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Becomes</source>
        <translation>Wird zu</translation>
    </message>
    <message>
        <source>The first names, and those that were taken</source>
        <translation>Die ersten Namen und die, die vergeben waren</translation>
    </message>
    <message>
        <source>Looking at the photos…</source>
        <translation>Die Fotos werden angesehen…</translation>
    </message>
    <message>
        <source>This takes a moment in a large shoot, and on a slow drive.</source>
        <translation>Das dauert einen Moment bei einem großen Shooting und auf einem langsamen Laufwerk.</translation>
    </message>
    <message>
        <source>{}, {}</source>
        <translation>{}, {}</translation>
    </message>
    <message>
        <source>about </source>
        <translation>etwa </translation>
    </message>
    <message>
        <source>{}{} to write</source>
        <translation>{}{} zu schreiben</translation>
    </message>
    <message>
        <source>Nothing to write: they stay on their drive</source>
        <translation>Nichts zu schreiben: Sie bleiben auf ihrem Laufwerk</translation>
    </message>
    <message>
        <source>0 bytes</source>
        <translation>0 Bytes</translation>
    </message>
    <message>
        <source>{} free</source>
        <translation>{} frei</translation>
    </message>
    <message>
        <source>{} there already</source>
        <translation>{} schon vorhanden</translation>
    </message>
    <message>
        <source>There is no room for {} of it. Make room there, or choose another folder.</source>
        <translation>Für {} davon fehlt der Platz. Schaffen Sie dort Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Names that were taken and get a number: {}</source>
        <translation>Namen, die vergeben waren und eine Nummer bekommen: {}</translation>
    </message>
    <message>
        <source>{} left out, named below.</source>
        <translation>{} ausgelassen, unten aufgeführt.</translation>
    </message>
    <message>
        <source>A move of {} to this folder was interrupted. Another move will not go on with it.</source>
        <translation>Eine Verschiebung von {} in diesen Ordner wurde unterbrochen. Eine neue Verschiebung setzt sie nicht fort.</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>vergeben</translation>
    </message>
    <message>
        <source>there</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>The name was taken, and got a number</source>
        <translation>Der Name war vergeben und bekam eine Nummer</translation>
    </message>
    <message>
        <source>Stars, flags and colours</source>
        <translation>Sterne, Flaggen und Farben</translation>
    </message>
    <message>
        <source>Originals are never written to. Sidecars that lie beside them go along.</source>
        <translation>In Originale wird nie geschrieben. Begleitdateien, die daneben liegen, gehen mit.</translation>
    </message>
    <message>
        <source>Copies say what their originals say. To let decisions travel, name a program.</source>
        <translation>Kopien enthalten dieselben Metadaten wie ihre Originale. Damit Ihre Entscheidungen mitgehen, wählen Sie ein Programm.</translation>
    </message>
</context>
<context>
    <name>ExportSettings</name>
    <message>
        <source>Every file of this export</source>
        <translation>Jede Datei dieses Exports</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>Copy the &amp;plan</source>
        <translation>Plan &amp;kopieren</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Was misslang</translation>
    </message>
    <message>
        <source>Then retry, name another folder, or close this: nothing has been written.</source>
        <translation>Dann erneut versuchen, einen anderen Ordner angeben oder schließen: Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>There are no names for the copies: the template on the left says why.</source>
        <translation>Es gibt keine Namen für die Kopien: Die Vorlage links sagt, warum.</translation>
    </message>
    <message>
        <source>Name a folder outside of the shoot. One that is not there will be made.</source>
        <translation>Nennen Sie einen Ordner außerhalb des Shootings. Ist er nicht da, wird er angelegt.</translation>
    </message>
    <message>
        <source>Where to?</source>
        <translation>Wohin?</translation>
    </message>
    <message>
        <source>Dry run: {} to {}</source>
        <translation>Probelauf: {} nach {}</translation>
    </message>
    <message>
        <source>&amp;Move {}</source>
        <translation>{} &amp;verschieben</translation>
    </message>
    <message>
        <source>&amp;Export {}</source>
        <translation>{} &amp;exportieren</translation>
    </message>
    <message>
        <source>Back to the &amp;settings</source>
        <translation>&amp;Zurück zu den Einstellungen</translation>
    </message>
    <message>
        <source>Dry r&amp;un</source>
        <translation>&amp;Probelauf</translation>
    </message>
</context>
<context>
    <name>FaceTile</name>
    <message>
        <source>Face {}: {}</source>
        <translation>Gesicht {}: {}</translation>
    </message>
    <message>
        <source>Face {}: {}
Eye on the left {}, on the right {}
Click to look at it</source>
        <translation>Gesicht {}: {}
Auge links {}, Auge rechts {}
Klick zeigt es groß</translation>
    </message>
</context>
<context>
    <name>FacesPanel</name>
    <message>
        <source>No faces</source>
        <translation>Keine Gesichter</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>and {} more: F goes to the next face</source>
        <translation>und {} weitere: F geht zum nächsten Gesicht</translation>
    </message>
    <message>
        <source>Not looked for yet</source>
        <translation>Noch nicht gesucht</translation>
    </message>
    <message>
        <source>Not looked for: the model pack finds no faces</source>
        <translation>Nicht gesucht: Das Modellpaket findet keine Gesichter</translation>
    </message>
</context>
<context>
    <name>FailuresDialog</name>
    <message>
        <source>Unreadable photos</source>
        <translation>Unlesbare Fotos</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Unreadable photos with their reasons</source>
        <translation>Unlesbare Fotos mit ihren Gründen</translation>
    </message>
    <message>
        <source>&amp;Retry selected</source>
        <translation>&amp;Markierte erneut versuchen</translation>
    </message>
    <message>
        <source>Retry &amp;all</source>
        <translation>&amp;Alle erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>These files could not be read. They stay in the shoot, and nothing about them was changed.</source>
        <translation>Diese Dateien waren nicht zu lesen. Sie bleiben im Shooting, und nichts an ihnen wurde geändert.</translation>
    </message>
    <message>
        <source>Every photo of this shoot can be read.</source>
        <translation>Jedes Foto dieses Shootings ist lesbar.</translation>
    </message>
</context>
<context>
    <name>FilmstripView</name>
    <message>
        <source>Filmstrip</source>
        <translation>Filmstreifen</translation>
    </message>
</context>
<context>
    <name>FiltersLine</name>
    <message>
        <source>Filters that are on</source>
        <translation>Eingeschaltete Filter</translation>
    </message>
    <message>
        <source>Clear all</source>
        <translation>Alle aufheben</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter aufheben</translation>
    </message>
    <message>
        <source>Show every photo again ({})</source>
        <translation>Wieder alle Fotos zeigen ({})</translation>
    </message>
    <message>
        <source>Showing {} of {}</source>
        <translation>{} von {} gezeigt</translation>
    </message>
    <message>
        <source>{}: click to take this filter away</source>
        <translation>{}: Klick hebt diesen Filter auf</translation>
    </message>
    <message>
        <source>Take away the filter {}</source>
        <translation>Den Filter {} aufheben</translation>
    </message>
    <message>
        <source>Scene {}</source>
        <translation>Szene {}</translation>
    </message>
</context>
<context>
    <name>FiltersPanel</name>
    <message>
        <source>Sort and filter</source>
        <translation>Sortieren und filtern</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Aufheben</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter aufheben</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>By rank</source>
        <translation>Nach Rang</translation>
    </message>
    <message>
        <source>By capture time</source>
        <translation>Nach Aufnahmezeit</translation>
    </message>
    <message>
        <source>By file name</source>
        <translation>Nach Dateiname</translation>
    </message>
    <message>
        <source>Reverse order</source>
        <translation>Umgekehrte Reihenfolge</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No flag</source>
        <translation>Ohne Flagge</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>Flagge</translation>
    </message>
    <message>
        <source>No decision</source>
        <translation>Unentschieden</translation>
    </message>
    <message>
        <source>Unseen</source>
        <translation>Ungesehen</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Unfamiliar</source>
        <translation>Ungewohnt</translation>
    </message>
    <message>
        <source>Unlike the photos that the model learned from: do not trust its score</source>
        <translation>Anders als die Fotos, an denen das Modell gelernt hat: Trauen Sie seinem Score nicht</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>How stars filter</source>
        <translation>Wie nach Sternen gefiltert wird</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Exactly</source>
        <translation>Genau</translation>
    </message>
    <message>
        <source>Camera body</source>
        <translation>Kameragehäuse</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Sharpness of the subject</source>
        <translation>Schärfe des Motivs</translation>
    </message>
    <message>
        <source>{} stars, {} photos</source>
        <translation>{} Sterne, {} Fotos</translation>
    </message>
    <message>
        <source>By likeness</source>
        <translation>Nach Ähnlichkeit</translation>
    </message>
    <message>
        <source>{} of {} shown</source>
        <translation>{} von {} gezeigt</translation>
    </message>
</context>
<context>
    <name>Fold</name>
    <message>
        <source>{} · on</source>
        <translation>{} · an</translation>
    </message>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>eingeklappt</translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <source>Folders of this shoot</source>
        <translation>Ordner dieses Shootings</translation>
    </message>
    <message>
        <source>Recent shoots</source>
        <translation>Letzte Shootings</translation>
    </message>
</context>
<context>
    <name>Gauge</name>
    <message>
        <source>{} gauge</source>
        <translation>{}: Skala</translation>
    </message>
</context>
<context>
    <name>GoalPanel</name>
    <message>
        <source>Goal</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>How many photos to suggest</source>
        <translation>Wie viele Fotos vorgeschlagen werden</translation>
    </message>
    <message>
        <source>How many photos to suggest, as a number</source>
        <translation>Wie viele Fotos vorgeschlagen werden, als Zahl</translation>
    </message>
    <message>
        <source>How to begin</source>
        <translation>Wie man beginnt</translation>
    </message>
    <message>
        <source>What is suggested</source>
        <translation>Was vorgeschlagen ist</translation>
    </message>
    <message>
        <source>What accepting would change</source>
        <translation>Was das Annehmen ändern würde</translation>
    </message>
    <message>
        <source>What could not be had as asked</source>
        <translation>Was nicht wie gewünscht möglich war</translation>
    </message>
    <message>
        <source>The active photo</source>
        <translation>Das aktive Foto</translation>
    </message>
    <message>
        <source>Why it is suggested or not</source>
        <translation>Warum es vorgeschlagen ist oder nicht</translation>
    </message>
    <message>
        <source>At most of a burst</source>
        <translation>Höchstens je Serie</translation>
    </message>
    <message>
        <source>Photos of one burst at most</source>
        <translation>Höchstzahl der Fotos einer Serie</translation>
    </message>
    <message>
        <source>Score at least</source>
        <translation>Score mindestens</translation>
    </message>
    <message>
        <source>The lowest score</source>
        <translation>Der niedrigste Score</translation>
    </message>
    <message>
        <source>Every scene</source>
        <translation>Jede Szene</translation>
    </message>
    <message>
        <source>Show only these</source>
        <translation>Nur diese zeigen</translation>
    </message>
    <message>
        <source>The filter lets through what is suggested, and nothing else</source>
        <translation>Der Filter lässt das Vorgeschlagene durch und sonst nichts</translation>
    </message>
    <message>
        <source>Suggestions are hidden. {} shows them.</source>
        <translation>Vorschläge sind verborgen. {} zeigt sie.</translation>
    </message>
    <message>
        <source>Move the slider, or use {}, to see what would be chosen.</source>
        <translation>Bewegen Sie den Regler, oder drücken Sie {}, um zu sehen, was gewählt würde.</translation>
    </message>
    <message>
        <source>Choosing…</source>
        <translation>Wird gewählt…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos suggested</source>
        <translation>
            <numerusform>%Ln Foto vorgeschlagen</numerusform>
            <numerusform>%Ln Fotos vorgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>{}, choosing anew…</source>
        <translation>{}, wird neu gewählt…</translation>
    </message>
    <message numerus="yes">
        <source>Picks %Ln more</source>
        <translation>
            <numerusform>Wählt %Ln weiteres</numerusform>
            <numerusform>Wählt %Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Picks no more</source>
        <translation>Wählt keine weiteren</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of your own stay</source>
        <translation>
            <numerusform>%Ln eigenes bleibt</numerusform>
            <numerusform>%Ln eigene bleiben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them hidden by the filter or a closed stack</source>
        <translation>
            <numerusform>%Ln davon durch den Filter oder einen geschlossenen Stapel verdeckt</numerusform>
            <numerusform>%Ln davon durch den Filter oder einen geschlossenen Stapel verdeckt</numerusform>
        </translation>
    </message>
    <message>
        <source>the shoot is still being scored</source>
        <translation>das Shooting wird noch bewertet</translation>
    </message>
    <message>
        <source>not suggested</source>
        <translation>nicht vorgeschlagen</translation>
    </message>
    <message>
        <source>number {} of {}</source>
        <translation>Nummer {} von {}</translation>
    </message>
    <message>
        <source>Put by you in the place of {}.</source>
        <translation>Von Ihnen an die Stelle von {} gesetzt.</translation>
    </message>
    <message>
        <source>Runner-up: {}.</source>
        <translation>Nachrücker: {}.</translation>
    </message>
    <message>
        <source>Nobody else may take its place.</source>
        <translation>Kein anderes kann an seine Stelle treten.</translation>
    </message>
</context>
<context>
    <name>GridView</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>HistogramChart</name>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
</context>
<context>
    <name>HistogramPanel</name>
    <message>
        <source>Clipped to black</source>
        <translation>Schwarz beschnitten</translation>
    </message>
    <message>
        <source>Clipped to white</source>
        <translation>Weiß beschnitten</translation>
    </message>
    <message>
        <source>What the histogram was made from</source>
        <translation>Woraus das Histogramm gemacht ist</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>of the thumbnail</source>
        <translation>aus der Miniatur</translation>
    </message>
    <message>
        <source>black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>white</source>
        <translation>Weiß</translation>
    </message>
</context>
<context>
    <name>InfoPanel</name>
    <message>
        <source>No photo is active.</source>
        <translation>Kein Foto ist aktiv.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Why the photo cannot be read</source>
        <translation>Warum das Foto nicht zu lesen ist</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Read this photo once more</source>
        <translation>Dieses Foto noch einmal lesen</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Base score</source>
        <translation>Basis-Score</translation>
    </message>
    <message>
        <source>Suggested best of the burst</source>
        <translation>Vorschlag: Bestes der Serie</translation>
    </message>
    <message>
        <source>Critique</source>
        <translation>Kritik</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Readings</source>
        <translation>Messwerte</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>About the active photo</source>
        <translation>Über das aktive Foto</translation>
    </message>
</context>
<context>
    <name>InformationBar</name>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
</context>
<context>
    <name>KeyOverlay</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>As in {}, {} of your own</source>
        <translation>Wie in {}, {} eigene</translation>
    </message>
    <message>
        <source>As in {}</source>
        <translation>Wie in {}</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
    <message>
        <source>Close  (Esc)</source>
        <translation>Schließen  (Esc)</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>With a mark: mark, and stay</source>
        <translation>Mit einer Wertung: werten und bleiben</translation>
    </message>
    <message>
        <source>With a mark: mark, go on</source>
        <translation>Mit einer Wertung: werten und weiter</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
</context>
<context>
    <name>KeysEditor</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Key, press it</source>
        <translation>Taste, bitte drücken</translation>
    </message>
    <message>
        <source>Second key, press it</source>
        <translation>Zweite Taste, bitte drücken</translation>
    </message>
    <message>
        <source>Click here, then press the key</source>
        <translation>Hier klicken, dann die Taste drücken</translation>
    </message>
    <message>
        <source>Take this key away</source>
        <translation>Diese Taste entfernen</translation>
    </message>
    <message>
        <source>Give it the Tab key, which only leaves these fields when it is pressed</source>
        <translation>Die Tabulatortaste zuweisen; gedrückt verlässt sie nur diese Felder</translation>
    </message>
    <message>
        <source>Give it the Tab key</source>
        <translation>Tabulatortaste zuweisen</translation>
    </message>
    <message>
        <source>&amp;Reset this</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Choose an action to give it other keys</source>
        <translation>Wählen Sie eine Aktion, um ihre Tasten zu ändern</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <source>Keys as in</source>
        <translation>Tasten wie in</translation>
    </message>
    <message>
        <source>Search actions and keys</source>
        <translation>Aktionen und Tasten durchsuchen</translation>
    </message>
    <message>
        <source>What is as in that program</source>
        <translation>Was mit diesem Programm übereinstimmt</translation>
    </message>
    <message>
        <source>Reset &amp;all…</source>
        <translation>&amp;Alle zurücksetzen…</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Keys as &amp;in</source>
        <translation>Tasten &amp;wie in</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message numerus="yes">
        <source>%Ln changes of yours</source>
        <translation>
            <numerusform>%Ln eigene Änderung</numerusform>
            <numerusform>%Ln eigene Änderungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Have all keys as in {}? {} would be forgotten.</source>
        <translation>Alle Tasten wie in {}? Verloren: {}.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Give {} to “{}”?</source>
        <translation>{} der Aktion „{}“ zuweisen?</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Zuweisen</translation>
    </message>
    <message>
        <source>which keeps {}</source>
        <translation>behält dann {}</translation>
    </message>
    <message>
        <source>which then has no key</source>
        <translation>hat dann keine Taste</translation>
    </message>
    <message>
        <source>{} is the key of “{}”, {}.</source>
        <translation>{} ist die Taste von „{}“; diese Aktion {}.</translation>
    </message>
    <message>
        <source>{} {}: where “{}” is possible, it no longer does.</source>
        <translation>{} {}: Wo „{}“ möglich ist, gilt das nicht mehr.</translation>
    </message>
</context>
<context>
    <name>KeysQuestion</name>
    <message>
        <source>What would be lost</source>
        <translation>Was verloren ginge</translation>
    </message>
    <message>
        <source>&amp;Leave it as it is</source>
        <translation>So &amp;lassen</translation>
    </message>
</context>
<context>
    <name>LeftPanel</name>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
</context>
<context>
    <name>Looks</name>
    <message>
        <source>There are no scores: the model pack cannot be used. Culling works as ever.</source>
        <translation>Es gibt keine Scores: Das Modellpaket ist nicht verwendbar. Das Aussortieren geht wie immer.</translation>
    </message>
    <message>
        <source>Model packs…</source>
        <translation>Modellpakete…</translation>
    </message>
    <message>
        <source>Another Chinagraph window (process {}) has this shoot open. What is decided in either is kept; press F5 to see here what was decided there.</source>
        <translation>In einem anderen Chinagraph-Fenster (Prozess {}) ist dieses Shooting geöffnet. Was in einem der beiden entschieden wird, bleibt; F5 zeigt hier, was dort entschieden wurde.</translation>
    </message>
</context>
<context>
    <name>LoupeView</name>
    <message>
        <source>Loupe</source>
        <translation>Lupe</translation>
    </message>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open a folder as a shoot</source>
        <translation>Ordner als Shooting öffnen</translation>
    </message>
    <message>
        <source>{} · Chinagraph</source>
        <translation>{} · Chinagraph</translation>
    </message>
    <message>
        <source>Clear the filters with Ctrl+L to see every photo again.</source>
        <translation>Heben Sie die Filter mit Strg+L auf, um wieder jedes Foto zu sehen.</translation>
    </message>
    <message>
        <source>No photo passes the filter</source>
        <translation>Kein Foto passt zum Filter</translation>
    </message>
</context>
<context>
    <name>Metadata</name>
    <message numerus="yes">
        <source>%Ln sidecars could not be written. That is made up for when the shoot is opened again.</source>
        <translation>
            <numerusform>%Ln Begleitdatei war nicht zu schreiben. Das wird nachgeholt, wenn das Shooting wieder geöffnet wird.</numerusform>
            <numerusform>%Ln Begleitdateien waren nicht zu schreiben. Das wird nachgeholt, wenn das Shooting wieder geöffnet wird.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> So it is with %Ln more.</source>
        <translation>
            <numerusform> So ist es bei %Ln weiteren.</numerusform>
            <numerusform> So ist es bei %Ln weiteren.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataDialog</name>
    <message>
        <source>Write metadata</source>
        <translation>Metadaten schreiben</translation>
    </message>
    <message>
        <source>The program that shall read the sidecars</source>
        <translation>Das Programm, das die Begleitdateien lesen soll</translation>
    </message>
    <message>
        <source>What would be written</source>
        <translation>Was geschrieben würde</translation>
    </message>
    <message>
        <source>In numbers</source>
        <translation>In Zahlen</translation>
    </message>
    <message>
        <source>Then retry, or close this: what is written stays, and writing again goes on.</source>
        <translation>Dann erneut versuchen oder schließen: Was geschrieben ist, bleibt, und erneutes Schreiben setzt es fort.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;All that were decided about</source>
        <translation>&amp;Alle mit Entscheidung</translation>
    </message>
    <message>
        <source>&amp;Keepers ({})</source>
        <translation>&amp;Behaltene ({})</translation>
    </message>
    <message>
        <source>&amp;Picks ({})</source>
        <translation>&amp;Gewählte ({})</translation>
    </message>
    <message>
        <source>&amp;Selected photos ({})</source>
        <translation>&amp;Markierte Fotos ({})</translation>
    </message>
    <message>
        <source>Sidecar</source>
        <translation>Begleitdatei</translation>
    </message>
    <message>
        <source>What changes in it</source>
        <translation>Was sich darin ändert</translation>
    </message>
    <message>
        <source>Sidecars, with what changes in each</source>
        <translation>Begleitdateien mit dem, was sich in jeder ändert</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Looking at the sidecars…</source>
        <translation>Die Begleitdateien werden angesehen…</translation>
    </message>
    <message>
        <source>&amp;Write</source>
        <translation>&amp;Schreiben</translation>
    </message>
    <message>
        <source>Writing sidecars for {}</source>
        <translation>Begleitdateien für {} werden geschrieben</translation>
    </message>
    <message>
        <source>{} of {} photos</source>
        <translation>{} von {} Fotos</translation>
    </message>
    <message>
        <source>St&amp;op</source>
        <translation>S&amp;toppen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln say so already</source>
        <translation>
            <numerusform>%Ln ist schon auf diesem Stand</numerusform>
            <numerusform>%Ln sind schon auf diesem Stand</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln ist nicht zu schreiben</numerusform>
            <numerusform>%Ln sind nicht zu schreiben</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped before the rest; writing again goes on</source>
        <translation>vorzeitig gestoppt; erneutes Schreiben setzt fort</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos disagree with what stands there: writing puts yours in its place</source>
        <translation>
            <numerusform>%Ln Foto widerspricht dem, was dort steht: Schreiben setzt Ihre Entscheidung an die Stelle</numerusform>
            <numerusform>%Ln Fotos widersprechen dem, was dort steht: Schreiben setzt Ihre Entscheidungen an die Stelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars</source>
        <translation>
            <numerusform>%Ln Begleitdatei</numerusform>
            <numerusform>%Ln Begleitdateien</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Write again</source>
        <translation>&amp;Erneut schreiben</translation>
    </message>
    <message>
        <source>&amp;Write {}</source>
        <translation>{} &amp;schreiben</translation>
    </message>
    <message>
        <source>Nothing was decided about these photos yet, so there is nothing to write.</source>
        <translation>Über diese Fotos ist noch nichts entschieden, also gibt es nichts zu schreiben.</translation>
    </message>
    <message>
        <source>Every sidecar for {} says what was decided.</source>
        <translation>Jede Begleitdatei für {} sagt, was entschieden wurde.</translation>
    </message>
    <message>
        <source>{} would be written for {}.</source>
        <translation>{} für {} zu schreiben.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be</source>
        <translation>
            <numerusform>%Ln misslungen</numerusform>
            <numerusform>%Ln misslungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{} written for {}, {}.</source>
        <translation>{} für {} geschrieben, {}.</translation>
    </message>
    <message>
        <source>{} written for {}.</source>
        <translation>{} für {} geschrieben.</translation>
    </message>
    <message>
        <source>and {} more</source>
        <translation>und {} weitere</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird gestoppt…</translation>
    </message>
</context>
<context>
    <name>MetadataDialogs</name>
    <message>
        <source>Review…</source>
        <translation>Prüfen…</translation>
    </message>
    <message>
        <source>Kept as it was decided</source>
        <translation>Behalten, wie entschieden</translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <source>Model packs</source>
        <translation>Modellpakete</translation>
    </message>
    <message>
        <source>Installed model packs</source>
        <translation>Installierte Modellpakete</translation>
    </message>
    <message>
        <source>&amp;Use this pack</source>
        <translation>Dieses Paket &amp;verwenden</translation>
    </message>
    <message>
        <source>&amp;Verify files</source>
        <translation>Dateien &amp;prüfen</translation>
    </message>
    <message>
        <source>&amp;Measure speed</source>
        <translation>&amp;Tempo messen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>nicht verwendbar</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>installiert</translation>
    </message>
    <message>
        <source>Open a shoot first: its photos are what is measured on.</source>
        <translation>Öffnen Sie zuerst ein Shooting: An seinen Fotos wird gemessen.</translation>
    </message>
    <message>
        <source>Comparing every file with what was published…</source>
        <translation>Jede Datei wird mit der veröffentlichten verglichen…</translation>
    </message>
    <message>
        <source>Scoring some photos of this shoot…</source>
        <translation>Einige Fotos dieses Shootings werden bewertet…</translation>
    </message>
    <message>
        <source> Scoring goes on beside it and makes it slower.</source>
        <translation> Das Bewerten läuft daneben weiter und wird langsamer.</translation>
    </message>
    <message>
        <source>Every one of the {} files is as it was published ({} MB).</source>
        <translation>Jede der {} Dateien ist, wie sie veröffentlicht wurde ({} MB).</translation>
    </message>
    <message>
        <source>{} photos a second: {} photos in {} s on {}, from the disk to ranked.</source>
        <translation>{} Fotos pro Sekunde: {} Fotos in {} s auf {}, vom Datenträger bis zum Rang.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Dismiss these notices</source>
        <translation>Diese Hinweise ausblenden</translation>
    </message>
</context>
<context>
    <name>OffsetEditor</name>
    <message>
        <source>+ later</source>
        <translation>+ später</translation>
    </message>
    <message>
        <source>− earlier</source>
        <translation>− früher</translation>
    </message>
    <message>
        <source>Direction of the correction</source>
        <translation>Richtung der Korrektur</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>Minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>Sekunden</translation>
    </message>
</context>
<context>
    <name>OperationsModel</name>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
</context>
<context>
    <name>OutcomePage</name>
    <message>
        <source>What was done</source>
        <translation>Was getan wurde</translation>
    </message>
    <message>
        <source>What was done, in numbers</source>
        <translation>Was getan wurde, in Zahlen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Why not</source>
        <translation>Warum nicht</translation>
    </message>
    <message>
        <source>What did not work, with the reasons</source>
        <translation>Was nicht gelang, mit den Gründen</translation>
    </message>
    <message>
        <source>&amp;Show in folder</source>
        <translation>Im Ordner &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>Do what is &amp;missing</source>
        <translation>Das &amp;Fehlende nachholen</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>and {} more, which the report names</source>
        <translation>und {} weitere, die der Bericht nennt</translation>
    </message>
    <message>
        <source>Report copied</source>
        <translation>Bericht kopiert</translation>
    </message>
</context>
<context>
    <name>PackDetail</name>
    <message>
        <source>What using it means</source>
        <translation>Was die Verwendung bedeutet</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>Liefert</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Card of the pack</source>
        <translation>Steckbrief des Pakets</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>This pack scores. What another pack has scored is kept, and counts again when you return to it.</source>
        <translation>Dieses Paket bewertet. Was ein anderes bewertet hat, bleibt und zählt wieder, wenn Sie zu ihm zurückkehren.</translation>
    </message>
    <message>
        <source>Using it scores every shoot anew as it is opened; scores of two packs are never mixed or compared. Your decisions stay as they are.</source>
        <translation>Mit diesem Paket wird jedes Shooting beim Öffnen neu bewertet; Scores zweier Pakete werden nie vermischt oder verglichen. Ihre Entscheidungen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>not known before it has run</source>
        <translation>erst nach dem ersten Lauf bekannt</translation>
    </message>
    <message>
        <source>scores and likeness</source>
        <translation>Scores und Ähnlichkeit</translation>
    </message>
    <message>
        <source>faces and eyes</source>
        <translation>Gesichter und Augen</translation>
    </message>
    <message>
        <source>no critiques, no word search</source>
        <translation>keine Kritiken, keine Wortsuche</translation>
    </message>
    <message>
        <source>written critiques and search by words</source>
        <translation>geschriebene Kritiken und Suche nach Wörtern</translation>
    </message>
    <message>
        <source>nothing: it cannot be used</source>
        <translation>nichts: Es ist nicht verwendbar</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Without a pack photos are shown, measured and culled as ever; scores and suggestions are absent.</source>
        <translation>Ohne Paket werden Fotos gezeigt, gemessen und aussortiert wie immer; Scores und Vorschläge fehlen.</translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
</context>
<context>
    <name>PhotoPane</name>
    <message>
        <source>No photo to show</source>
        <translation>Kein Foto zu zeigen</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>lädt</translation>
    </message>
    <message>
        <source>thumbnail, loading</source>
        <translation>Miniatur, lädt</translation>
    </message>
    <message>
        <source>This photo cannot be shown</source>
        <translation>Dieses Foto ist nicht darstellbar</translation>
    </message>
</context>
<context>
    <name>PreferenceField</name>
    <message>
        <source>On</source>
        <translation>Ein</translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>What is wrong with the settings</source>
        <translation>Was an den Einstellungen falsch ist</translation>
    </message>
    <message>
        <source>Restore the &amp;defaults of this page</source>
        <translation>S&amp;tandardwerte dieser Seite wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Settings of your own</source>
        <translation>Eigene Einstellungen</translation>
    </message>
    <message>
        <source>Sa&amp;ve as preset…</source>
        <translation>Als Vor&amp;gabe sichern…</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen…</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>M&amp;ore</source>
        <translation>Me&amp;hr</translation>
    </message>
    <message>
        <source>Rename or delete this preset</source>
        <translation>Diese Vorgabe umbenennen oder löschen</translation>
    </message>
    <message>
        <source>P&amp;reset</source>
        <translation>Vo&amp;rgabe</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>Als Vorgabe sichern</translation>
    </message>
    <message>
        <source>Rename the preset</source>
        <translation>Die Vorgabe umbenennen</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorgabe</translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message>
        <source>Pick</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Unseen</source>
        <translation>Ungesehen</translation>
    </message>
    <message>
        <source>Neither looked at in the loupe nor decided about</source>
        <translation>Weder in der Lupe angesehen noch entschieden</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>Markiert</translation>
    </message>
    <message>
        <source>A mark asks whether it means all of them</source>
        <translation>Eine Wertung fragt, ob sie für alle gilt</translation>
    </message>
    <message>
        <source>Progress of scoring</source>
        <translation>Fortschritt des Bewertens</translation>
    </message>
    <message>
        <source>Pause or resume scoring</source>
        <translation>Bewerten pausieren oder fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Picks, and photos with {} stars or more</source>
        <translation>Gewählte und Fotos mit {} oder mehr Sternen</translation>
    </message>
    <message>
        <source>{} unreadable</source>
        <translation>{} unlesbar</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable photos, show why</source>
        <translation>
            <numerusform>%Ln unlesbares Foto, zeigen, warum</numerusform>
            <numerusform>%Ln unlesbare Fotos, zeigen, warum</numerusform>
        </translation>
    </message>
    <message>
        <source>Show each file with its reason</source>
        <translation>Jede Datei mit ihrem Grund zeigen</translation>
    </message>
    <message>
        <source>Reading the folder</source>
        <translation>Der Ordner wird gelesen</translation>
    </message>
    <message>
        <source>Preparing to score</source>
        <translation>Bewerten wird vorbereitet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>No scores</source>
        <translation>Keine Scores</translation>
    </message>
    <message>
        <source>Scored on {}</source>
        <translation>Bewertet auf {}</translation>
    </message>
    <message>
        <source>Where photos are scored</source>
        <translation>Wo Fotos bewertet werden</translation>
    </message>
    <message>
        <source>Scoring</source>
        <translation>Bewertet:</translation>
    </message>
    <message>
        <source>Comparing bursts</source>
        <translation>Vergleicht Serien:</translation>
    </message>
    <message>
        <source>Looking for words in</source>
        <translation>Sucht Wörter:</translation>
    </message>
    <message>
        <source>Ranking</source>
        <translation>Rangfolge:</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Exportiert:</translation>
    </message>
    <message>
        <source>Moving rejected photos</source>
        <translation>Verschiebt abgelehnte Fotos:</translation>
    </message>
    <message>
        <source>Ranked</source>
        <translation>Rangfolge steht</translation>
    </message>
    <message>
        <source>{} {} of {}</source>
        <translation>{} {} von {}</translation>
    </message>
    <message>
        <source>{}/s</source>
        <translation>{}/s</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>noch {}</translation>
    </message>
</context>
<context>
    <name>ProposalBar</name>
    <message>
        <source>Proposal</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Was sich ändern würde</translation>
    </message>
    <message>
        <source>{}  (Enter)</source>
        <translation>{}  (Enter)</translation>
    </message>
    <message>
        <source>Leave it  (Esc)</source>
        <translation>So lassen  (Esc)</translation>
    </message>
</context>
<context>
    <name>RangeQuestion</name>
    <message>
        <source>How photos spread: {}</source>
        <translation>Wie sich die Fotos verteilen: {}</translation>
    </message>
    <message>
        <source>{}, at least</source>
        <translation>{}, mindestens</translation>
    </message>
    <message>
        <source>{}, at most</source>
        <translation>{}, höchstens</translation>
    </message>
</context>
<context>
    <name>ReadersPanel</name>
    <message>
        <source>Will be read</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Will not be read</source>
        <translation>Wird nicht gelesen</translation>
    </message>
    <message>
        <source>Type of file</source>
        <translation>Dateityp</translation>
    </message>
    <message>
        <source>What will be read of it</source>
        <translation>Was davon gelesen wird</translation>
    </message>
</context>
<context>
    <name>ReadingRow</name>
    <message>
        <source>Reading</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>{} against the normal range</source>
        <translation>{} im Vergleich zum Üblichen</translation>
    </message>
</context>
<context>
    <name>ReadingsPanel</name>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>Noch nichts gemessen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent shoots</source>
        <translation>Letzte Shootings</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>Aus der Liste nehmen</translation>
    </message>
    <message>
        <source>The photos and what was decided about them stay as they are (Delete)</source>
        <translation>Die Fotos und die Entscheidungen über sie bleiben, wie sie sind (Entf)</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RejectedDialog</name>
    <message>
        <source>Looking at the photos…</source>
        <translation>Die Fotos werden angesehen…</translation>
    </message>
    <message>
        <source>What would be done</source>
        <translation>Was geschehen würde</translation>
    </message>
    <message>
        <source>How much it is</source>
        <translation>Wie viel es ist</translation>
    </message>
    <message>
        <source>What that means</source>
        <translation>Was das bedeutet</translation>
    </message>
    <message>
        <source>What stays where it is</source>
        <translation>Was bleibt, wo es ist</translation>
    </message>
    <message>
        <source>Asked a second time</source>
        <translation>Zweite Rückfrage</translation>
    </message>
    <message>
        <source>Every file that would be moved</source>
        <translation>Jede Datei, die verschoben würde</translation>
    </message>
    <message>
        <source>Then retry, or close this: nothing has been moved.</source>
        <translation>Dann erneut versuchen oder schließen: Es wurde nichts verschoben.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>This cannot be done now</source>
        <translation>Das geht jetzt nicht</translation>
    </message>
    <message>
        <source>the system&apos;s trash</source>
        <translation>Papierkorb des Systems</translation>
    </message>
    <message>
        <source>Yes, do it</source>
        <translation>Ja, ausführen</translation>
    </message>
    <message>
        <source>Stop here? Each photo stays where it is now, with all its files.</source>
        <translation>Hier stoppen? Jedes Foto bleibt, wo es jetzt ist, mit all seinen Dateien.</translation>
    </message>
    <message>
        <source>This could not be done to its end</source>
        <translation>Das ließ sich nicht zu Ende führen</translation>
    </message>
    <message>
        <source>{} {}</source>
        <translation>{} {}</translation>
    </message>
    <message>
        <source>Stopped: </source>
        <translation>Gestoppt: </translation>
    </message>
    <message>
        <source>{}{} of {} {}</source>
        <translation>{}{} von {} {}</translation>
    </message>
    <message>
        <source>File &gt; Bring Rejected Back takes them back.</source>
        <translation>Datei &gt; Abgelehnte zurückholen holt sie zurück.</translation>
    </message>
</context>
<context>
    <name>RescueDialog</name>
    <message>
        <source>Damaged decisions</source>
        <translation>Beschädigte Entscheidungen</translation>
    </message>
    <message>
        <source>Your decisions are damaged</source>
        <translation>Ihre Entscheidungen sind beschädigt</translation>
    </message>
    <message>
        <source>Add what the damaged file still says beyond the &amp;backup</source>
        <translation>Ergänzen, was die beschädigte Datei über die &amp;Sicherung hinaus noch sagt</translation>
    </message>
    <message>
        <source>Photos are not touched. The damaged file is kept beside the new one, under another name.</source>
        <translation>Fotos bleiben unberührt. Die beschädigte Datei bleibt neben der neuen unter anderem Namen erhalten.</translation>
    </message>
    <message>
        <source>Looking at the damaged file</source>
        <translation>Die beschädigte Datei wird angesehen</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>&amp;Quit without changes</source>
        <translation>&amp;Beenden, nichts ändern</translation>
    </message>
    <message>
        <source>&amp;Keep what can be read</source>
        <translation>Be&amp;halten, was lesbar ist</translation>
    </message>
    <message>
        <source>&amp;Start anew</source>
        <translation>&amp;Neu beginnen</translation>
    </message>
    <message>
        <source>&amp;Restore the backup</source>
        <translation>Sicherung &amp;wiederherstellen</translation>
    </message>
    <message>
        <source>Your decisions are back</source>
        <translation>Ihre Entscheidungen sind wieder da</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos with decisions, {} of them taken from the damaged file.</source>
        <translation>
            <numerusform>%Ln Foto mit Entscheidungen, {} davon aus der beschädigten Datei.</numerusform>
            <numerusform>%Ln Fotos mit Entscheidungen, {} davon aus der beschädigten Datei.</numerusform>
        </translation>
    </message>
    <message>
        <source>The damaged file is kept as {}.</source>
        <translation>Die beschädigte Datei bleibt als {} erhalten.</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Weiter</translation>
    </message>
</context>
<context>
    <name>ScenesPanel</name>
    <message>
        <source>Only this scene</source>
        <translation>Nur diese Szene</translation>
    </message>
    <message>
        <source>Hide the photos of other scenes</source>
        <translation>Die Fotos anderer Szenen verbergen</translation>
    </message>
    <message>
        <source>Scenes</source>
        <translation>Szenen</translation>
    </message>
    <message>
        <source>Scenes are known once the shoot is ranked: photos of one place and time.</source>
        <translation>Szenen sind bekannt, sobald das Shooting bewertet ist: Fotos von einem Ort und einer Zeit.</translation>
    </message>
</context>
<context>
    <name>ScorePanel</name>
    <message>
        <source>Base score</source>
        <translation>Basis-Score</translation>
    </message>
    <message>
        <source>Spread of the base score</source>
        <translation>Streuung des Basis-Scores</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>#{} of {}</source>
        <translation>#{} von {}</translation>
    </message>
</context>
<context>
    <name>SearchPanel</name>
    <message>
        <source>Find by words: flower, beach</source>
        <translation>Nach Wörtern suchen: flower, beach</translation>
    </message>
    <message>
        <source>Search for words</source>
        <translation>Nach Wörtern suchen</translation>
    </message>
    <message>
        <source>What is in the photos, in English. Enter searches, Escape leaves the search.</source>
        <translation>Was auf den Fotos ist, auf Englisch. Enter sucht, Esc verlässt die Suche.</translation>
    </message>
    <message>
        <source>How many photos a search shows</source>
        <translation>Wie viele Fotos eine Suche zeigt</translation>
    </message>
    <message>
        <source>{} nearest</source>
        <translation>Die {} ähnlichsten</translation>
    </message>
    <message>
        <source>All, the nearest first</source>
        <translation>Alle, die ähnlichsten zuerst</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stoppen</translation>
    </message>
    <message>
        <source>Stop looking at photos</source>
        <translation>Nicht weiter suchen</translation>
    </message>
    <message>
        <source>What was looked at is remembered; the photos found so far stay.</source>
        <translation>Was angesehen ist, bleibt gespeichert, und die bisher gefundenen Fotos bleiben zu sehen.</translation>
    </message>
    <message>
        <source>Looked at {} of {} photos. What was found so far is shown; the rest follows.</source>
        <translation>{} von {} Fotos angesehen. Das bisher Gefundene ist zu sehen; der Rest folgt.</translation>
    </message>
    <message>
        <source>Reading the words…</source>
        <translation>Die Wörter werden gelesen…</translation>
    </message>
</context>
<context>
    <name>SentenceRow</name>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Show where</source>
        <translation>Zeigen, wo</translation>
    </message>
    <message>
        <source>Light up the part of the picture that is meant</source>
        <translation>Den gemeinten Teil des Bildes hervorheben</translation>
    </message>
</context>
<context>
    <name>SiblingsStrip</name>
    <message>
        <source>Frames of this burst</source>
        <translation>Bilder dieser Serie</translation>
    </message>
    <message>
        <source>{}
{} of {}</source>
        <translation>{}
{} von {}</translation>
    </message>
    <message>
        <source>{} stands alone</source>
        <translation>{} steht allein</translation>
    </message>
</context>
<context>
    <name>SuggestionPanel</name>
    <message>
        <source>Suggested best</source>
        <translation>Vorschlag: Bestes</translation>
    </message>
    <message>
        <source>Why it is suggested</source>
        <translation>Warum es vorgeschlagen ist</translation>
    </message>
    <message>
        <source>What accepting does is shown first</source>
        <translation>Was das Annehmen tut, wird zuerst gezeigt</translation>
    </message>
    <message>
        <source>This one, of {}</source>
        <translation>Dieses, von {}</translation>
    </message>
    <message>
        <source>{}, of {}</source>
        <translation>{}, von {}</translation>
    </message>
    <message>
        <source>Accept…  (B)</source>
        <translation>Annehmen…  (B)</translation>
    </message>
    <message>
        <source>Go to it  (B)</source>
        <translation>Hingehen  (B)</translation>
    </message>
</context>
<context>
    <name>SurveyView</name>
    <message>
        <source>Survey</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>{}; photo {} of {} on screen</source>
        <translation>{}; Foto {} von {} auf dem Bildschirm</translation>
    </message>
</context>
<context>
    <name>TimeQuestion</name>
    <message>
        <source>Between</source>
        <translation>Zwischen</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>Tageszeit</translation>
    </message>
</context>
<context>
    <name>WelcomeDialog</name>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>What could not be saved</source>
        <translation>Was sich nicht sichern ließ</translation>
    </message>
    <message>
        <source>Start with the &amp;sample shoot</source>
        <translation>Mit dem &amp;Beispiel-Shooting beginnen</translation>
    </message>
    <message>
        <source>Photos with bursts and flaws, made on this machine in some seconds</source>
        <translation>Fotos mit Serien und Fehlern, in einigen Sekunden auf diesem Rechner erzeugt</translation>
    </message>
    <message>
        <source>St&amp;art</source>
        <translation>&amp;Los</translation>
    </message>
    <message>
        <source>Sk&amp;ip</source>
        <translation>&amp;Überspringen</translation>
    </message>
    <message>
        <source>The program that you edit with</source>
        <translation>Das Programm, mit dem Sie bearbeiten</translation>
    </message>
    <message>
        <source>What that means</source>
        <translation>Was das bedeutet</translation>
    </message>
    <message>
        <source>The keys that you know</source>
        <translation>Die Tasten, die Sie kennen</translation>
    </message>
    <message>
        <source>By &amp;picking: a photo is in or out</source>
        <translation>Durch &amp;Wählen: Ein Foto ist drin oder draußen</translation>
    </message>
    <message>
        <source>By s&amp;tars: the good ones get more</source>
        <translation>Durch &amp;Sterne: Die guten bekommen mehr</translation>
    </message>
    <message>
        <source>Welcome to Chinagraph</source>
        <translation>Willkommen bei Chinagraph</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Three questions, so that it fits the way you work. All of it can be changed in the preferences.</source>
        <translation>Drei Fragen, damit es zu Ihrer Arbeitsweise passt. Alles lässt sich in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>What do you &amp;edit with?</source>
        <translation>Womit bearb&amp;eiten Sie?</translation>
    </message>
    <message>
        <source>Whose &amp;keys do you know?</source>
        <translation>Wessen &amp;Tasten kennen Sie?</translation>
    </message>
    <message>
        <source>How do you choose?</source>
        <translation>Wie wählen Sie aus?</translation>
    </message>
    <message>
        <source>Flags, stars and colours are written for {}, into sidecars called {}, when you ask for it.</source>
        <translation>Flaggen, Sterne und Farben werden für {} geschrieben, in Begleitdateien namens {}, wenn Sie es verlangen.</translation>
    </message>
    <message>
        <source>A photo with {} stars or more counts as kept, and so does a pick.</source>
        <translation>Ein Foto mit {} oder mehr Sternen gilt als behalten, ein gewähltes ebenso.</translation>
    </message>
    <message>
        <source>{} picks, {} rejects; stars are for whatever you like.</source>
        <translation>{} wählt, {} lehnt ab; Sterne sind frei für das, was Sie wollen.</translation>
    </message>
</context>
<context>
    <name>WorkingPage</name>
    <message>
        <source>What is being done</source>
        <translation>Was gerade getan wird</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation>Wie weit es ist</translation>
    </message>
    <message>
        <source>What failed so far</source>
        <translation>Was bisher misslang</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>&amp;Stop…</source>
        <translation>S&amp;toppen…</translation>
    </message>
    <message>
        <source>Stop?</source>
        <translation>Stoppen?</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>S&amp;top here</source>
        <translation>Hier s&amp;toppen</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Wird vorbereitet</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>{} files/s</source>
        <translation>{} Dateien/s</translation>
    </message>
    <message>
        <source>{} left</source>
        <translation>noch {}</translation>
    </message>
    <message>
        <source>{} failed so far; the reasons follow.</source>
        <translation>Bisher {} misslungen; die Gründe folgen.</translation>
    </message>
    <message>
        <source>Stopping after the files in flight</source>
        <translation>Stoppt nach den begonnenen Dateien</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
</context>
<context>
    <name>_Ends</name>
    <message>
        <source>{}, from</source>
        <translation>{}, von</translation>
    </message>
    <message>
        <source>{}, to</source>
        <translation>{}, bis</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>F&amp;lag</source>
        <translation>F&amp;lagge</translation>
    </message>
    <message>
        <source>&amp;Stars</source>
        <translation>&amp;Sterne</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>&amp;Burst</source>
        <translation>Se&amp;rie</translation>
    </message>
    <message>
        <source>Go&amp;al</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>S&amp;ort</source>
        <translation>S&amp;ortieren</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Open Folder…</source>
        <translation>Ordner ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Read Folder Again</source>
        <translation>Ordner &amp;neu lesen</translation>
    </message>
    <message>
        <source>Open Sa&amp;mple Shoot</source>
        <translation>&amp;Beispiel-Shooting öffnen</translation>
    </message>
    <message>
        <source>Camera &amp;Clocks…</source>
        <translation>Ka&amp;merauhren…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>Move Re&amp;jected to _Rejected…</source>
        <translation>Abgelehnte nach _Re&amp;jected verschieben…</translation>
    </message>
    <message>
        <source>&amp;Bring Rejected Back…</source>
        <translation>Abgelehnte zurück&amp;holen…</translation>
    </message>
    <message>
        <source>Empty _Rejected into the &amp;Trash…</source>
        <translation>_Rejected in den Papier&amp;korb leeren…</translation>
    </message>
    <message>
        <source>&amp;Pause Scoring</source>
        <translation>Bewerten p&amp;ausieren</translation>
    </message>
    <message>
        <source>&amp;Stop Scoring</source>
        <translation>Bewer&amp;ten stoppen</translation>
    </message>
    <message>
        <source>&amp;Unreadable Photos…</source>
        <translation>&amp;Unlesbare Fotos…</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>&amp;Alle markieren</translation>
    </message>
    <message>
        <source>&amp;Pick</source>
        <translation>&amp;Wählen</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>&amp;Ablehnen</translation>
    </message>
    <message>
        <source>&amp;Unflag</source>
        <translation>&amp;Flagge entfernen</translation>
    </message>
    <message>
        <source>&amp;0 Stars</source>
        <translation>&amp;0 Sterne</translation>
    </message>
    <message>
        <source>&amp;1 Star</source>
        <translation>&amp;1 Stern</translation>
    </message>
    <message>
        <source>&amp;2 Stars</source>
        <translation>&amp;2 Sterne</translation>
    </message>
    <message>
        <source>&amp;3 Stars</source>
        <translation>&amp;3 Sterne</translation>
    </message>
    <message>
        <source>&amp;4 Stars</source>
        <translation>&amp;4 Sterne</translation>
    </message>
    <message>
        <source>&amp;5 Stars</source>
        <translation>&amp;5 Sterne</translation>
    </message>
    <message>
        <source>&amp;Red</source>
        <translation>&amp;Rot</translation>
    </message>
    <message>
        <source>&amp;Yellow</source>
        <translation>G&amp;elb</translation>
    </message>
    <message>
        <source>&amp;Green</source>
        <translation>&amp;Grün</translation>
    </message>
    <message>
        <source>&amp;Blue</source>
        <translation>&amp;Blau</translation>
    </message>
    <message>
        <source>&amp;Purple</source>
        <translation>&amp;Violett</translation>
    </message>
    <message>
        <source>&amp;No Colour</source>
        <translation>&amp;Keine Farbe</translation>
    </message>
    <message>
        <source>Go to Suggested &amp;Best</source>
        <translation>Zum vorgeschlagenen &amp;Besten</translation>
    </message>
    <message>
        <source>Open or Close &amp;Stack</source>
        <translation>&amp;Stapel öffnen oder schließen</translation>
    </message>
    <message>
        <source>Open or Close &amp;All Stacks</source>
        <translation>&amp;Alle Stapel öffnen oder schließen</translation>
    </message>
    <message>
        <source>&amp;Keep, Reject the Rest</source>
        <translation>Behalten, den Rest ab&amp;lehnen</translation>
    </message>
    <message>
        <source>&amp;Reject the Rest</source>
        <translation>Den &amp;Rest ablehnen</translation>
    </message>
    <message>
        <source>&amp;Join Selected Photos</source>
        <translation>&amp;Markierte Fotos verbinden</translation>
    </message>
    <message>
        <source>S&amp;plit Before This Photo</source>
        <translation>Vor diesem Foto &amp;teilen</translation>
    </message>
    <message>
        <source>Group A&amp;utomatically Again</source>
        <translation>Wieder a&amp;utomatisch gruppieren</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>&amp;Grid</source>
        <translation>&amp;Raster</translation>
    </message>
    <message>
        <source>&amp;Loupe</source>
        <translation>Lu&amp;pe</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>Surve&amp;y</source>
        <translation>Über&amp;sicht</translation>
    </message>
    <message>
        <source>&amp;Hide Scores and Suggestions</source>
        <translation>Scores und Vorschläge ver&amp;bergen</translation>
    </message>
    <message>
        <source>Side &amp;Panels</source>
        <translation>Seitenle&amp;isten</translation>
    </message>
    <message>
        <source>Only Photos Without &amp;Decision</source>
        <translation>Nur &amp;unentschiedene Fotos</translation>
    </message>
    <message>
        <source>Clea&amp;r Filters</source>
        <translation>&amp;Filter aufheben</translation>
    </message>
    <message>
        <source>Previous in the Bur&amp;st</source>
        <translation>Vorheriges i&amp;n der Serie</translation>
    </message>
    <message>
        <source>Pin as Champ&amp;ion</source>
        <translation>Als Favorit an&amp;heften</translation>
    </message>
    <message>
        <source>Ta&amp;ke Out of View</source>
        <translation>Aus der Ansicht &amp;nehmen</translation>
    </message>
    <message>
        <source>Show Clippi&amp;ng</source>
        <translation>Bes&amp;chneidung zeigen</translation>
    </message>
    <message>
        <source>&amp;More or Less Information</source>
        <translation>&amp;Mehr oder weniger Information</translation>
    </message>
    <message>
        <source>Line &amp;Below the Photo</source>
        <translation>&amp;Zeile unter dem Foto</translation>
    </message>
    <message>
        <source>Line &amp;and Details</source>
        <translation>Zeile und Ang&amp;aben</translation>
    </message>
    <message>
        <source>Photo Al&amp;one</source>
        <translation>Nur das Fo&amp;to</translation>
    </message>
    <message>
        <source>Preferen&amp;ces…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Model Pac&amp;ks…</source>
        <translation>Modell&amp;pakete…</translation>
    </message>
    <message>
        <source>Read Metad&amp;ata…</source>
        <translation>Metadaten &amp;lesen…</translation>
    </message>
    <message>
        <source>By &amp;Rank</source>
        <translation>Nach &amp;Rang</translation>
    </message>
    <message>
        <source>By Capture &amp;Time</source>
        <translation>Nach Aufnahme&amp;zeit</translation>
    </message>
    <message>
        <source>By &amp;Name</source>
        <translation>Nach &amp;Name</translation>
    </message>
    <message>
        <source>Re&amp;verse Order</source>
        <translation>&amp;Umgekehrte Reihenfolge</translation>
    </message>
    <message>
        <source>&amp;First Photo</source>
        <translation>&amp;Erstes Foto</translation>
    </message>
    <message>
        <source>&amp;Last Photo</source>
        <translation>&amp;Letztes Foto</translation>
    </message>
    <message>
        <source>Next Fa&amp;ce</source>
        <translation>Nächstes &amp;Gesicht</translation>
    </message>
    <message>
        <source>Previous Fac&amp;e</source>
        <translation>Vorheriges Gesi&amp;cht</translation>
    </message>
    <message>
        <source>Next &amp;in the Burst</source>
        <translation>Nächstes &amp;in der Serie</translation>
    </message>
    <message>
        <source>Next &amp;Burst</source>
        <translation>Nächste Se&amp;rie</translation>
    </message>
    <message>
        <source>Previous B&amp;urst</source>
        <translation>V&amp;orherige Serie</translation>
    </message>
    <message>
        <source>&amp;Next Photo</source>
        <translation>Näc&amp;hstes Foto</translation>
    </message>
    <message>
        <source>&amp;Previous Photo</source>
        <translation>&amp;Vorheriges Foto</translation>
    </message>
    <message>
        <source>&amp;Flip Two Photos</source>
        <translation>Zwischen zwei Fot&amp;os wechseln</translation>
    </message>
    <message>
        <source>Show Sharp &amp;Edges</source>
        <translation>Scharfe &amp;Kanten zeigen</translation>
    </message>
    <message>
        <source>Show &amp;Thirds</source>
        <translation>&amp;Drittel zeigen</translation>
    </message>
    <message>
        <source>Show &amp;Why</source>
        <translation>&amp;Warum zeigen</translation>
    </message>
    <message>
        <source>&amp;Suggest the Best…</source>
        <translation>Die Besten &amp;vorschlagen…</translation>
    </message>
    <message>
        <source>&amp;Runner-Up</source>
        <translation>&amp;Nachrücker</translation>
    </message>
    <message>
        <source>S&amp;wap</source>
        <translation>&amp;Tauschen</translation>
    </message>
    <message>
        <source>&amp;Accept</source>
        <translation>&amp;Annehmen</translation>
    </message>
    <message>
        <source>&amp;Leave</source>
        <translation>V&amp;erwerfen</translation>
    </message>
    <message>
        <source>Auto-Ad&amp;vance after a Mark</source>
        <translation>&amp;Nach einer Wertung weiter</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;First Steps…</source>
        <translation>Erste &amp;Schritte…</translation>
    </message>
    <message>
        <source>F&amp;ull Screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>&amp;Write Metadata…</source>
        <translation>Metadaten s&amp;chreiben…</translation>
    </message>
    <message>
        <source>Write Sidecars on E&amp;very Change</source>
        <translation>Begleitdateien bei je&amp;der Änderung schreiben</translation>
    </message>
    <message>
        <source>Rotate Ri&amp;ght</source>
        <translation>Nach rec&amp;hts drehen</translation>
    </message>
    <message>
        <source>Rotate &amp;Left</source>
        <translation>Nach &amp;links drehen</translation>
    </message>
    <message>
        <source>&amp;Find by Words…</source>
        <translation>Nach Wörtern &amp;suchen…</translation>
    </message>
    <message>
        <source>Next Without &amp;Decision</source>
        <translation>Nächstes &amp;unentschiedenes</translation>
    </message>
    <message>
        <source>Previous Wi&amp;thout Decision</source>
        <translation>Vorheriges unentschie&amp;denes</translation>
    </message>
</context>
<context>
    <name>clocks</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Correction</source>
        <translation>Korrektur</translation>
    </message>
    <message>
        <source>First photo</source>
        <translation>Erstes Foto</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>The sample shoot is being made, which takes some seconds</source>
        <translation>Das Beispiel-Shooting wird erzeugt, was einige Sekunden dauert</translation>
    </message>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
    <message>
        <source>Undone: {}</source>
        <translation>Rückgängig: {}</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>Nichts rückgängig zu machen</translation>
    </message>
    <message>
        <source>Redone: {}</source>
        <translation>Wiederholt: {}</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>Nichts zu wiederholen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{} {}</source>
        <translation>{}: {}</translation>
    </message>
    <message>
        <source>Only {}</source>
        <translation>Nur {}</translation>
    </message>
    <message>
        <source>{} all {} selected photos?</source>
        <translation>{}: alle {} markierten Fotos?</translation>
    </message>
    <message>
        <source>One step, Ctrl+Z takes it back.</source>
        <translation>Ein Schritt, Strg+Z nimmt ihn zurück.</translation>
    </message>
    <message>
        <source>No faces in {}</source>
        <translation>Keine Gesichter in {}</translation>
    </message>
    <message>
        <source>Scores are hidden</source>
        <translation>Scores sind verborgen</translation>
    </message>
    <message>
        <source>Scores are shown</source>
        <translation>Scores sind zu sehen</translation>
    </message>
    <message>
        <source>{} {}, Ctrl+Z</source>
        <translation>{} {}, Strg+Z</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Unflag</source>
        <translation>Flagge entfernen</translation>
    </message>
    <message>
        <source>No colour for</source>
        <translation>Ohne Farbe</translation>
    </message>
    <message>
        <source>Label {}:</source>
        <translation>Farbe {}</translation>
    </message>
    <message numerus="yes">
        <source>%n stars for</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>No stars for</source>
        <translation>Ohne Sterne</translation>
    </message>
    <message>
        <source>Picked</source>
        <translation>Gewählt:</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt:</translation>
    </message>
    <message>
        <source>Unflagged</source>
        <translation>Flagge entfernt:</translation>
    </message>
    <message>
        <source>No colour:</source>
        <translation>Ohne Farbe:</translation>
    </message>
    <message>
        <source>Labelled {}:</source>
        <translation>Farbe {}:</translation>
    </message>
    <message numerus="yes">
        <source>%n stars:</source>
        <translation>
            <numerusform>%n Stern:</numerusform>
            <numerusform>%n Sterne:</numerusform>
        </translation>
    </message>
    <message>
        <source>No stars:</source>
        <translation>Ohne Sterne:</translation>
    </message>
    <message>
        <source>no colour</source>
        <translation>keine Farbe</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>violett</translation>
    </message>
    <message>
        <source>After a mark the next photo; with Shift a mark stays</source>
        <translation>Nach einer Wertung das nächste Foto; mit Umschalt bleibt das Foto</translation>
    </message>
    <message>
        <source>After a mark the photo stays</source>
        <translation>Nach einer Wertung bleibt das Foto</translation>
    </message>
    <message>
        <source>This is the last photo without a decision</source>
        <translation>Das ist das letzte unentschiedene Foto</translation>
    </message>
    <message>
        <source>Every photo that is shown is decided about</source>
        <translation>Über jedes gezeigte Foto ist entschieden</translation>
    </message>
    <message>
        <source>Once more from the beginning</source>
        <translation>Noch einmal von vorn</translation>
    </message>
    <message>
        <source>Once more from the end</source>
        <translation>Noch einmal von hinten</translation>
    </message>
</context>
<context>
    <name>compare_commands</name>
    <message>
        <source>{} is the champion: the arrow keys go through its challengers</source>
        <translation>{} ist der Favorit: Die Pfeiltasten gehen durch seine Herausforderer</translation>
    </message>
    <message>
        <source>No champion any more</source>
        <translation>Kein Favorit mehr</translation>
    </message>
    <message>
        <source>There is no other photo to challenge this one</source>
        <translation>Es gibt kein anderes Foto, das dieses herausfordert</translation>
    </message>
    <message>
        <source>The last photo stays</source>
        <translation>Das letzte Foto bleibt</translation>
    </message>
    <message>
        <source>{} is out of the view, {} left. Nothing was decided</source>
        <translation>{} ist aus der Ansicht, {} übrig. Nichts wurde entschieden</translation>
    </message>
    <message>
        <source>Clipping is shown: white is solid red, black striped blue</source>
        <translation>Beschneidung ist zu sehen: Weiß ganz in Rot, Schwarz blau gestreift</translation>
    </message>
    <message>
        <source>Sharp edges are shown in green</source>
        <translation>Scharfe Kanten sind grün zu sehen</translation>
    </message>
    <message>
        <source>Thirds are shown</source>
        <translation>Drittel sind zu sehen</translation>
    </message>
    <message>
        <source>Shown: the subject, where the model looked, and what is off</source>
        <translation>Zu sehen: das Motiv, wohin das Modell sah, und was auffällt</translation>
    </message>
    <message>
        <source>Clipping is hidden</source>
        <translation>Beschneidung ist verborgen</translation>
    </message>
    <message>
        <source>Sharp edges are hidden</source>
        <translation>Scharfe Kanten sind verborgen</translation>
    </message>
    <message>
        <source>Thirds are hidden</source>
        <translation>Drittel sind verborgen</translation>
    </message>
    <message>
        <source>The reasons are hidden</source>
        <translation>Die Gründe sind verborgen</translation>
    </message>
    <message>
        <source>Information: a line below the photo</source>
        <translation>Information: eine Zeile unter dem Foto</translation>
    </message>
    <message>
        <source>Information: the line, and details over the photo</source>
        <translation>Information: die Zeile und Angaben über dem Foto</translation>
    </message>
    <message>
        <source>No information: the photo has all the room</source>
        <translation>Keine Information: Das Foto hat den ganzen Platz</translation>
    </message>
</context>
<context>
    <name>critique</name>
    <message>
        <source>Praise</source>
        <translation>Lob</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Advice</source>
        <translation>Rat</translation>
    </message>
    <message>
        <source>{} {}, normal {}</source>
        <translation>{} {}, üblich {}</translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Base score</source>
        <translation>Basis-Score</translation>
    </message>
    <message>
        <source>thumbnail</source>
        <translation>Miniatur</translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln weiterer</numerusform>
            <numerusform>%Ln weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>unfamiliar</source>
        <translation>ungewohnt</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Auffällig</translation>
    </message>
    <message>
        <source>{} of the subject</source>
        <translation>{} des Motivs</translation>
    </message>
</context>
<context>
    <name>exif</name>
    <message>
        <source>full picture</source>
        <translation>volles Bild</translation>
    </message>
    <message>
        <source>picture at half size</source>
        <translation>Bild in halber Größe</translation>
    </message>
    <message>
        <source>embedded preview</source>
        <translation>eingebettete Vorschau</translation>
    </message>
    <message>
        <source>RAW at half size</source>
        <translation>RAW in halber Größe</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Dazu</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Aufgenommen</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lens</source>
        <translation>Objektiv</translation>
    </message>
    <message>
        <source>Shutter</source>
        <translation>Belichtungszeit</translation>
    </message>
    <message>
        <source>Aperture</source>
        <translation>Blende</translation>
    </message>
    <message>
        <source>ISO</source>
        <translation>ISO</translation>
    </message>
    <message>
        <source>Focal length</source>
        <translation>Brennweite</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Belichtungskorrektur</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Dateigröße</translation>
    </message>
    <message>
        <source>corrected by {}</source>
        <translation>korrigiert um {}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation>
            <numerusform>%Ln Byte</numerusform>
            <numerusform>%Ln Bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>export_preview</name>
    <message numerus="yes">
        <source>All %Ln photos would be left out.</source>
        <translation>
            <numerusform>%Ln Foto würde ausgelassen.</numerusform>
            <numerusform>Alle %Ln Fotos würden ausgelassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The reasons stand below.</source>
        <translation>Die Gründe stehen unten.</translation>
    </message>
    <message>
        <source>Pick the photos to export, or choose others on the left.</source>
        <translation>Wählen Sie die Fotos, die exportiert werden sollen, oder links, um welche es geht.</translation>
    </message>
    <message>
        <source>No photo is kept.</source>
        <translation>Kein Foto gilt als behalten.</translation>
    </message>
    <message>
        <source>Give stars, or ask for fewer on the left.</source>
        <translation>Vergeben Sie Sterne, oder verlangen Sie links weniger.</translation>
    </message>
    <message numerus="yes">
        <source>No photo has %n stars or more.</source>
        <translation>
            <numerusform>Kein Foto hat %n Stern oder mehr.</numerusform>
            <numerusform>Kein Foto hat %n Sterne oder mehr.</numerusform>
        </translation>
    </message>
    <message>
        <source>Select some with Ctrl or Shift and a click, or choose others on the left.</source>
        <translation>Markieren Sie einige mit Strg oder Umschalt und einem Klick, oder wählen Sie links andere.</translation>
    </message>
    <message>
        <source>No photo is selected.</source>
        <translation>Kein Foto ist markiert.</translation>
    </message>
    <message>
        <source>Wait until the shoot is scored, or choose others on the left.</source>
        <translation>Warten Sie, bis das Shooting bewertet ist, oder wählen Sie links, um welche Fotos es geht.</translation>
    </message>
    <message>
        <source>No photo is ranked.</source>
        <translation>Kein Foto hat einen Rang.</translation>
    </message>
    <message>
        <source>No photo is shown.</source>
        <translation>Kein Foto wird gezeigt.</translation>
    </message>
    <message>
        <source>Clear the filters, or choose others on the left.</source>
        <translation>Heben Sie die Filter auf, oder wählen Sie links, um welche Fotos es geht.</translation>
    </message>
</context>
<context>
    <name>exporting</name>
    <message>
        <source>The shoot is still being scored: the best may change.</source>
        <translation>Das Shooting wird noch bewertet: Die besten können sich ändern.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them are rejected.</source>
        <translation>
            <numerusform>%Ln davon ist abgelehnt.</numerusform>
            <numerusform>%Ln davon sind abgelehnt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>faces</name>
    <message>
        <source>eyes open</source>
        <translation>Augen offen</translation>
    </message>
    <message>
        <source>blink</source>
        <translation>Augen zu</translation>
    </message>
    <message>
        <source>can&apos;t tell</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>nicht gemessen</translation>
    </message>
    <message>
        <source>sharpness {}</source>
        <translation>Schärfe {}</translation>
    </message>
</context>
<context>
    <name>filters</name>
    <message>
        <source>Suggested</source>
        <translation>Vorgeschlagen</translation>
    </message>
    <message>
        <source>No decision</source>
        <translation>Unentschieden</translation>
    </message>
    <message>
        <source>Unseen</source>
        <translation>Ungesehen</translation>
    </message>
    <message>
        <source>Unfamiliar</source>
        <translation>Ungewohnt</translation>
    </message>
    <message>
        <source>Unreadable</source>
        <translation>Unlesbar</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Score</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>“{}”</source>
        <translation>„{}“</translation>
    </message>
    <message>
        <source>{} nearest to “{}”</source>
        <translation>{} ähnlichste zu „{}“</translation>
    </message>
    <message>
        <source>Pick</source>
        <translation>Gewählt</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No flag</source>
        <translation>Ohne Flagge</translation>
    </message>
    <message>
        <source>No stars</source>
        <translation>Keine Sterne</translation>
    </message>
    <message>
        <source>Exactly {} ★</source>
        <translation>Genau {} ★</translation>
    </message>
    <message>
        <source>At least {} ★</source>
        <translation>Mindestens {} ★</translation>
    </message>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>From {}</source>
        <translation>Ab {}</translation>
    </message>
    <message>
        <source>Until {}</source>
        <translation>Bis {}</translation>
    </message>
    <message>
        <source>{} known</source>
        <translation>{} bekannt</translation>
    </message>
    <message>
        <source>{} or {}</source>
        <translation>{} oder {}</translation>
    </message>
</context>
<context>
    <name>goal_commands</name>
    <message>
        <source>Suggestions are hidden. Press H to show them</source>
        <translation>Vorschläge sind verborgen. H zeigt sie</translation>
    </message>
    <message>
        <source>{} is the runner-up of {}</source>
        <translation>{} ist der Nachrücker von {}</translation>
    </message>
    <message>
        <source>{} is suggested, {} its runner-up</source>
        <translation>{} ist vorgeschlagen, {} der Nachrücker</translation>
    </message>
    <message>
        <source>The filter hides {}. Ctrl+L shows every photo</source>
        <translation>Der Filter verbirgt {}. Strg+L zeigt jedes Foto</translation>
    </message>
    <message>
        <source>{} is not suggested, and no runner-up</source>
        <translation>{} ist nicht vorgeschlagen und kein Nachrücker</translation>
    </message>
    <message>
        <source>{} is kept by you: it has no runner-up</source>
        <translation>{} ist von Ihnen behalten: Es hat keinen Nachrücker</translation>
    </message>
    <message>
        <source>Nobody else may take the place of {}</source>
        <translation>Kein anderes Foto kann an die Stelle von {} treten</translation>
    </message>
    <message>
        <source>The selection is being made, one moment</source>
        <translation>Einen Moment, die Auswahl wird gerade getroffen</translation>
    </message>
    <message>
        <source>{} in the place of {}. The same key swaps back</source>
        <translation>{} an der Stelle von {}. Dieselbe Taste tauscht zurück</translation>
    </message>
    <message>
        <source>Picked {}, Ctrl+Z</source>
        <translation>Gewählt: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Everything was kept already</source>
        <translation>Alles war schon behalten</translation>
    </message>
    <message>
        <source>Left as it was</source>
        <translation>Alles bleibt, wie es war</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>group_commands</name>
    <message>
        <source>{} stands in no stack</source>
        <translation>{} steht in keinem Stapel</translation>
    </message>
    <message>
        <source>The stack of {} is open</source>
        <translation>Der Stapel von {} ist offen</translation>
    </message>
    <message>
        <source>The stack of {} is closed to its best photo</source>
        <translation>Der Stapel von {} ist bis auf sein bestes Foto geschlossen</translation>
    </message>
    <message>
        <source>There are no stacks in this shoot</source>
        <translation>In diesem Shooting gibt es keine Stapel</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stacks are open</source>
        <translation>
            <numerusform>%Ln Stapel ist offen</numerusform>
            <numerusform>%Ln Stapel sind offen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stacks are closed to their best photos</source>
        <translation>
            <numerusform>%Ln Stapel ist bis auf das beste Foto geschlossen</numerusform>
            <numerusform>%Ln Stapel sind bis auf ihre besten Fotos geschlossen</numerusform>
        </translation>
    </message>
    <message>
        <source>Select the photos to join first: Shift or Ctrl and a click, or Shift and an arrow key</source>
        <translation>Markieren Sie zuerst die Fotos zum Verbinden: Umschalt oder Strg und ein Klick, oder Umschalt und eine Pfeiltaste</translation>
    </message>
    <message>
        <source>Joined {}, Ctrl+Z</source>
        <translation>Verbunden: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Split {}, Ctrl+Z</source>
        <translation>Geteilt: {}, Strg+Z</translation>
    </message>
    <message>
        <source>{} is in no group that was made by hand</source>
        <translation>{} ist in keiner von Hand gebildeten Gruppe</translation>
    </message>
    <message>
        <source>Grouped {} automatically, Ctrl+Z</source>
        <translation>Automatisch gruppiert: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Suggestions are hidden. Press H to show them</source>
        <translation>Vorschläge sind verborgen. H zeigt sie</translation>
    </message>
    <message>
        <source>{} is in no burst that is ranked</source>
        <translation>{} ist in keiner Serie mit Rang</translation>
    </message>
    <message>
        <source>The filter hides {}, the best of this burst. Ctrl+L shows every photo</source>
        <translation>Der Filter verbirgt {}, das beste dieser Serie. Strg+L zeigt jedes Foto</translation>
    </message>
    <message>
        <source>{}, the best of this burst, is kept already</source>
        <translation>{}, das beste dieser Serie, ist schon behalten</translation>
    </message>
    <message>
        <source>Picked {}, Ctrl+Z</source>
        <translation>Gewählt: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Only {} is marked. Nothing is rejected: the rest of the burst stays as it is.</source>
        <translation>Nur {} wird gewertet. Nichts wird abgelehnt: Der Rest der Serie bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>{} is rejected now and would be picked instead. Nothing else changes.</source>
        <translation>{} ist jetzt abgelehnt und würde stattdessen gewählt. Sonst ändert sich nichts.</translation>
    </message>
    <message>
        <source>Pick {}, the suggested best of {}?</source>
        <translation>{} wählen, das vorgeschlagene Beste von {}?</translation>
    </message>
    <message>
        <source>Pick {}</source>
        <translation>{} wählen</translation>
    </message>
    <message>
        <source>{} is in no burst</source>
        <translation>{} ist in keiner Serie</translation>
    </message>
    <message>
        <source>panorama</source>
        <translation>Panorama</translation>
    </message>
    <message>
        <source>bracket</source>
        <translation>Belichtungsreihe</translation>
    </message>
    <message>
        <source>The frames of a {} belong together: none is rejected</source>
        <translation>Diese Bilder gehören zusammen ({}): Keines wird abgelehnt</translation>
    </message>
    <message>
        <source>Picked {}, rejected {}, Ctrl+Z</source>
        <translation>Gewählt: {}, abgelehnt: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Rejected {}, Ctrl+Z</source>
        <translation>Abgelehnt: {}, Strg+Z</translation>
    </message>
    <message>
        <source>This is the last burst</source>
        <translation>Das ist die letzte Serie</translation>
    </message>
    <message>
        <source>This is the first burst</source>
        <translation>Das ist die erste Serie</translation>
    </message>
    <message>
        <source>{} is the last of its burst</source>
        <translation>{} ist das letzte seiner Serie</translation>
    </message>
    <message>
        <source>{} is the first of its burst</source>
        <translation>{} ist das erste seiner Serie</translation>
    </message>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
    <message>
        <source>They are one group already</source>
        <translation>Sie sind schon eine Gruppe</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>histogram</name>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>none</source>
        <translation>0 %</translation>
    </message>
    <message>
        <source>Clipped to white: {}</source>
        <translation>Weiß beschnitten: {}</translation>
    </message>
    <message>
        <source>Clipped to black: {}</source>
        <translation>Schwarz beschnitten: {}</translation>
    </message>
</context>
<context>
    <name>information</name>
    <message>
        <source>Fit {}</source>
        <translation>Eingepasst {}</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>suggested best of {}</source>
        <translation>Vorschlag: Bestes von {}</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>100 %, 200 %, Whole Photo</source>
        <translation>100 %, 200 %, ganzes Foto</translation>
    </message>
    <message>
        <source>100 % While Held</source>
        <translation>100 %, solange gehalten</translation>
    </message>
    <message>
        <source>moves from photo to photo</source>
        <translation>geht von Foto zu Foto</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>moves inside a photo</source>
        <translation>bewegt sich im Foto</translation>
    </message>
    <message>
        <source>Ctrl+Arrows</source>
        <translation>Strg+Pfeile</translation>
    </message>
    <message>
        <source>changes the size</source>
        <translation>ändert die Größe</translation>
    </message>
    <message>
        <source>answers, opens</source>
        <translation>antwortet, öffnet</translation>
    </message>
    <message>
        <source>leaves</source>
        <translation>verlässt</translation>
    </message>
    <message>
        <source>{}, and Go On</source>
        <translation>{}, und weiter</translation>
    </message>
    <message>
        <source>A Proposal</source>
        <translation>Ein Vorschlag</translation>
    </message>
    <message>
        <source>Flags, stars, colours, views, Z, Tab, S and J as in Lightroom Classic; faces, bursts and the goal have keys of our own.</source>
        <translation>Flaggen, Sterne, Farben, Ansichten, Z, Tab, S und J wie in Lightroom Classic; Gesichter, Serien und das Ziel haben eigene Tasten.</translation>
    </message>
    <message>
        <source>T picks what Photo Mechanic tags. A digit is a colour class: 0 none, 1 purple, 2 red, 4 yellow, 5 green, 7 blue; 3, 6 and 8 have no colour here. Ctrl and a digit give stars, Ctrl+R previews. Photo Mechanic has no reject: that stays X.</source>
        <translation>T wählt, wie „Tag“ in Photo Mechanic. Eine Ziffer ist eine Farbklasse: 0 keine, 1 violett, 2 rot, 4 gelb, 5 grün, 7 blau; 3, 6 und 8 haben hier keine Farbe. Strg und eine Ziffer geben Sterne, Strg+R zeigt groß. Photo Mechanic kennt kein Ablehnen: Das bleibt X.</translation>
    </message>
    <message>
        <source>R rejects, F1 to F5 are the colours red, yellow, green, blue and purple, digits are stars, X is Compare, which darktable calls culling, and ] and [ rotate. darktable has no pick: that stays P. Ctrl+F5 reads the folder again.</source>
        <translation>R lehnt ab, F1 bis F5 sind die Farben Rot, Gelb, Grün, Blau und Violett, Ziffern sind Sterne, X ist der Vergleich, bei darktable „Auslese“, und ] und [ drehen. darktable kennt kein Wählen: Das bleibt P. Strg+F5 liest den Ordner neu.</translation>
    </message>
    <message>
        <source>Alt and a digit are pick labels: 0 none, 1 rejected, 3 accepted; pending has no counterpart. Ctrl and a digit give stars, Ctrl+Alt and a digit colours: 0 none, 1 red, 3 yellow, 4 green, 5 blue, 6 magenta. F3 previews, L is Compare, their light table; Shift+L pins the champion.</source>
        <translation>Alt und eine Ziffer sind Auswahlmarken: 0 keine, 1 abgelehnt, 3 akzeptiert; „ausstehend“ hat keine Entsprechung. Strg und eine Ziffer geben Sterne, Strg+Alt und eine Ziffer Farben: 0 keine, 1 rot, 3 gelb, 4 grün, 5 blau, 6 magenta. F3 zeigt groß, L ist der Vergleich, dort Leuchttisch; Umschalt+L heftet den Favoriten an.</translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message>
        <source>Flag</source>
        <translation>Flagge</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>Drehung</translation>
    </message>
    <message>
        <source>pick</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>no flag</source>
        <translation>ohne Flagge</translation>
    </message>
    <message>
        <source>no colour</source>
        <translation>keine Farbe</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rot</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>blau</translation>
    </message>
    <message>
        <source>purple</source>
        <translation>violett</translation>
    </message>
    <message>
        <source>not rotated</source>
        <translation>nicht gedreht</translation>
    </message>
    <message>
        <source>rotated right</source>
        <translation>nach rechts gedreht</translation>
    </message>
    <message>
        <source>upside down</source>
        <translation>auf dem Kopf</translation>
    </message>
    <message>
        <source>rotated left</source>
        <translation>nach links gedreht</translation>
    </message>
    <message>
        <source>sidecar</source>
        <translation>Begleitdatei</translation>
    </message>
    <message>
        <source>XMP inside</source>
        <translation>XMP in der Datei</translation>
    </message>
    <message>
        <source>EXIF of the camera</source>
        <translation>EXIF der Kamera</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>nicht entschieden</translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>no stars</source>
        <translation>keine Sterne</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos took over what their files say</source>
        <translation>
            <numerusform>%Ln Foto hat übernommen, was seine Dateien sagen</numerusform>
            <numerusform>%Ln Fotos haben übernommen, was ihre Dateien sagen</numerusform>
        </translation>
    </message>
    <message>
        <source>{}: {}. Ctrl+Z takes it back.</source>
        <translation>{}: {}. Strg+Z nimmt es zurück.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos disagree with their files. Nothing was changed.</source>
        <translation>
            <numerusform>%Ln Foto widerspricht seinen Dateien. Nichts wurde geändert.</numerusform>
            <numerusform>%Ln Fotos widersprechen ihren Dateien. Nichts wurde geändert.</numerusform>
        </translation>
    </message>
    <message>
        <source>{} {} to {}</source>
        <translation>{} von {} auf {}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>our own record</source>
        <translation>unser eigener Eintrag</translation>
    </message>
    <message numerus="yes">
        <source>%Ln flags</source>
        <translation>
            <numerusform>%Ln Flagge</numerusform>
            <numerusform>%Ln Flaggen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln ratings</source>
        <translation>
            <numerusform>%Ln Sternebewertung</numerusform>
            <numerusform>%Ln Sternebewertungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln colours</source>
        <translation>
            <numerusform>%Ln Farbe</numerusform>
            <numerusform>%Ln Farben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rotations</source>
        <translation>
            <numerusform>%Ln Drehung</numerusform>
            <numerusform>%Ln Drehungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>metadata_commands</name>
    <message>
        <source>Sidecars for {} are written on every change</source>
        <translation>Begleitdateien für {} werden bei jeder Änderung geschrieben</translation>
    </message>
    <message>
        <source>Sidecars are written on command only</source>
        <translation>Begleitdateien werden nur auf Befehl geschrieben</translation>
    </message>
</context>
<context>
    <name>obstacles</name>
    <message>
        <source>Once the shoot is ranked, a selection can be suggested.</source>
        <translation>Sobald das Shooting bewertet ist, lässt sich eine Auswahl vorschlagen.</translation>
    </message>
    <message>
        <source>There are no photos to choose from. {} opens a folder.</source>
        <translation>Es gibt keine Fotos, aus denen gewählt werden könnte. {} öffnet einen Ordner.</translation>
    </message>
    <message>
        <source>No photo of this shoot can be read. {} lists why, and reads them again.</source>
        <translation>Kein Foto dieses Shootings ist lesbar. {} zeigt die Gründe und liest die Fotos erneut.</translation>
    </message>
    <message>
        <source>No photo is scored: there is no usable model pack. {} shows the packs.</source>
        <translation>Kein Foto ist bewertet: Es gibt kein verwendbares Modellpaket. {} zeigt die Pakete.</translation>
    </message>
    <message>
        <source>The shoot is not ranked to its end. {} goes on with it.</source>
        <translation>Das Shooting ist nicht zu Ende bewertet. {} setzt das fort.</translation>
    </message>
    <message>
        <source>The File menu</source>
        <translation>Das Menü Datei</translation>
    </message>
</context>
<context>
    <name>operations</name>
    <message>
        <source>copy</source>
        <translation>kopieren</translation>
    </message>
    <message>
        <source>copy with metadata</source>
        <translation>mit Metadaten kopieren</translation>
    </message>
    <message>
        <source>merge metadata</source>
        <translation>Metadaten ergänzen</translation>
    </message>
    <message>
        <source>write sidecar</source>
        <translation>Begleitdatei schreiben</translation>
    </message>
    <message>
        <source>render</source>
        <translation>verkleinern</translation>
    </message>
    <message>
        <source>move</source>
        <translation>verschieben</translation>
    </message>
    <message>
        <source>copy, verify, remove</source>
        <translation>kopieren, prüfen, entfernen</translation>
    </message>
    <message>
        <source>keep</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>move to the trash</source>
        <translation>in den Papierkorb verschieben</translation>
    </message>
</context>
<context>
    <name>outcomes</name>
    <message>
        <source>{} {}</source>
        <translation>{} {}</translation>
    </message>
    <message>
        <source>{} there already</source>
        <translation>{} schon vorhanden</translation>
    </message>
    <message>
        <source>{} failed</source>
        <translation>{} misslungen</translation>
    </message>
    <message>
        <source>{} not tried</source>
        <translation>{} nicht versucht</translation>
    </message>
    <message>
        <source>{} left out</source>
        <translation>{} ausgelassen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln Datei</numerusform>
            <numerusform>%Ln Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>overlays</name>
    <message>
        <source>white {}, black {}</source>
        <translation>Weiß {}, Schwarz {}</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>Kanten</translation>
    </message>
    <message>
        <source>thirds</source>
        <translation>Drittel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>0 %</translation>
    </message>
    <message>
        <source>under {} %</source>
        <translation>unter {} %</translation>
    </message>
</context>
<context>
    <name>pixels</name>
    <message>
        <source>preview {} px</source>
        <translation>Vorschau {} px</translation>
    </message>
    <message>
        <source>half size {} px</source>
        <translation>halbe Größe {} px</translation>
    </message>
    <message>
        <source>{} px, loading</source>
        <translation>{} px, lädt</translation>
    </message>
    <message>
        <source>There is not enough memory to show this photo. Close other programs and try again.</source>
        <translation>Der Speicher reicht nicht, um dieses Foto zu zeigen. Schließen Sie andere Programme, und versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>presets</name>
    <message>
        <source>Copies of the picks</source>
        <translation>Kopien der gewählten Fotos</translation>
    </message>
    <message>
        <source>Picks for Lightroom</source>
        <translation>Gewählte für Lightroom</translation>
    </message>
    <message>
        <source>Picks by day</source>
        <translation>Gewählte nach Tagen</translation>
    </message>
    <message>
        <source>JPEGs for the web</source>
        <translation>JPEGs fürs Web</translation>
    </message>
</context>
<context>
    <name>readings</name>
    <message>
        <source>Subject</source>
        <translation>Motiv</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
    <message>
        <source>Sharpness, every pixel</source>
        <translation>Schärfe, jedes Pixel</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Belichtung</translation>
    </message>
    <message>
        <source>Sharpest part</source>
        <translation>Schärfste Stelle</translation>
    </message>
    <message>
        <source>Motion blur</source>
        <translation>Bewegungsunschärfe</translation>
    </message>
    <message>
        <source>Direction of motion</source>
        <translation>Bewegungsrichtung</translation>
    </message>
    <message>
        <source>Tilt</source>
        <translation>Neigung</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Clipped highlights</source>
        <translation>Lichter beschnitten</translation>
    </message>
    <message>
        <source>Clipped shadows</source>
        <translation>Tiefen beschnitten</translation>
    </message>
    <message>
        <source>Clipped red</source>
        <translation>Rot beschnitten</translation>
    </message>
    <message>
        <source>Clipped green</source>
        <translation>Grün beschnitten</translation>
    </message>
    <message>
        <source>Clipped blue</source>
        <translation>Blau beschnitten</translation>
    </message>
    <message>
        <source>Cast, blue to yellow</source>
        <translation>Farbstich, Blau bis Gelb</translation>
    </message>
    <message>
        <source>Cast, green to magenta</source>
        <translation>Farbstich, Grün bis Magenta</translation>
    </message>
    <message>
        <source>eyes</source>
        <translation>Augen</translation>
    </message>
    <message>
        <source>AF point</source>
        <translation>AF-Punkt</translation>
    </message>
    <message>
        <source>where the model looked</source>
        <translation>wohin das Modell sah</translation>
    </message>
    <message>
        <source>sharpest part</source>
        <translation>schärfste Stelle</translation>
    </message>
    <message>
        <source>below normal</source>
        <translation>unter dem Üblichen</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>üblich</translation>
    </message>
    <message>
        <source>above normal</source>
        <translation>über dem Üblichen</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>unklar</translation>
    </message>
    <message>
        <source>grey levels</source>
        <translation>Graustufen</translation>
    </message>
    <message>
        <source>Subject, found by: {}</source>
        <translation>Motiv, gefunden durch: {}</translation>
    </message>
    <message>
        <source>{} to {}</source>
        <translation>{} bis {}</translation>
    </message>
    <message>
        <source>normal {}</source>
        <translation>üblich {}</translation>
    </message>
    <message>
        <source>Measured on the whole frame at {} % of full size</source>
        <translation>Gemessen am ganzen Bild bei {} % der vollen Größe</translation>
    </message>
    <message>
        <source>Measured on the subject at {} % of full size</source>
        <translation>Gemessen am Motiv bei {} % der vollen Größe</translation>
    </message>
    <message>
        <source>Measured on a part of the frame at {} % of full size</source>
        <translation>Gemessen an einem Teil des Bildes bei {} % der vollen Größe</translation>
    </message>
    <message>
        <source>Confidence {} %</source>
        <translation>Sicherheit {} %</translation>
    </message>
</context>
<context>
    <name>rejected</name>
    <message>
        <source>Move rejected photos to _Rejected</source>
        <translation>Abgelehnte Fotos nach _Rejected verschieben</translation>
    </message>
    <message>
        <source>Bring rejected photos back</source>
        <translation>Abgelehnte Fotos zurückholen</translation>
    </message>
    <message>
        <source>Empty _Rejected into the trash</source>
        <translation>_Rejected in den Papierkorb leeren</translation>
    </message>
    <message>
        <source>They go out of the shoot with all their files, and stay on their drive. Nothing is deleted: “Bring Rejected Back” in the File menu takes them back, also after a restart.</source>
        <translation>Sie verlassen das Shooting mit all ihren Dateien und bleiben auf ihrem Laufwerk. Nichts wird gelöscht: „Abgelehnte zurückholen“ im Menü Datei holt sie zurück, auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>They go back to where they were, with all their files, and stay rejected until you decide otherwise.</source>
        <translation>Sie gehen mit all ihren Dateien dorthin zurück, wo sie waren, und bleiben abgelehnt, bis Sie anders entscheiden.</translation>
    </message>
    <message>
        <source>This is the last act. The files go to the trash of your system, and from there only the system can bring them back: Chinagraph cannot. What the trash does not take stays where it is.</source>
        <translation>Das ist der letzte Schritt. Die Dateien kommen in den Papierkorb Ihres Systems, und nur das System kann sie von dort zurückholen: Chinagraph kann es nicht. Was der Papierkorb nicht annimmt, bleibt, wo es ist.</translation>
    </message>
    <message>
        <source>No photo is rejected.</source>
        <translation>Kein Foto ist abgelehnt.</translation>
    </message>
    <message>
        <source>Press X on the photos that shall go out of the way.</source>
        <translation>Drücken Sie X bei den Fotos, die aus dem Weg sollen.</translation>
    </message>
    <message>
        <source>_Rejected is empty.</source>
        <translation>_Rejected ist leer.</translation>
    </message>
    <message>
        <source>There is nothing to bring back in this shoot.</source>
        <translation>In diesem Shooting gibt es nichts zurückzuholen.</translation>
    </message>
    <message>
        <source>There is nothing to throw away in this shoot.</source>
        <translation>In diesem Shooting gibt es nichts wegzuwerfen.</translation>
    </message>
    <message>
        <source>&amp;Move {}</source>
        <translation>{} &amp;verschieben</translation>
    </message>
    <message>
        <source>&amp;Bring {} back</source>
        <translation>{} &amp;zurückholen</translation>
    </message>
    <message>
        <source>&amp;Put {} into the trash</source>
        <translation>{} in den &amp;Papierkorb legen</translation>
    </message>
    <message>
        <source>Moving {} to _Rejected</source>
        <translation>{} nach _Rejected verschieben</translation>
    </message>
    <message>
        <source>Bringing {} back</source>
        <translation>{} zurückholen</translation>
    </message>
    <message>
        <source>Putting {} into the trash</source>
        <translation>{} in den Papierkorb legen</translation>
    </message>
    <message>
        <source>moved to _Rejected</source>
        <translation>nach _Rejected verschoben</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>zurückgeholt</translation>
    </message>
    <message>
        <source>put into the trash</source>
        <translation>in den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>{} Do it all the same?</source>
        <translation>{} Trotzdem ausführen?</translation>
    </message>
</context>
<context>
    <name>rescue</name>
    <message>
        <source>Newest sound backup: {}</source>
        <translation>Neueste unbeschädigte Sicherung: {}</translation>
    </message>
    <message>
        <source>There is no backup yet.</source>
        <translation>Es gibt noch keine Sicherung.</translation>
    </message>
    <message>
        <source>Still readable in the damaged file: {}</source>
        <translation>In der beschädigten Datei noch lesbar: {}</translation>
    </message>
    <message>
        <source>Nothing of the damaged file can be read.</source>
        <translation>Von der beschädigten Datei ist nichts lesbar.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos with decisions</source>
        <translation>
            <numerusform>%Ln Foto mit Entscheidungen</numerusform>
            <numerusform>%Ln Fotos mit Entscheidungen</numerusform>
        </translation>
    </message>
    <message>
        <source>{}, the last of {}</source>
        <translation>{}, die letzte vom {}</translation>
    </message>
</context>
<context>
    <name>rotation_commands</name>
    <message>
        <source>No photo is active</source>
        <translation>Kein Foto ist aktiv</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Rotated {} right, Ctrl+Z</source>
        <translation>Nach rechts gedreht: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Rotated {} left, Ctrl+Z</source>
        <translation>Nach links gedreht: {}, Strg+Z</translation>
    </message>
    <message>
        <source>Rotate all {} selected photos right?</source>
        <translation>Alle {} markierten Fotos nach rechts drehen?</translation>
    </message>
    <message>
        <source>Rotate all {} selected photos left?</source>
        <translation>Alle {} markierten Fotos nach links drehen?</translation>
    </message>
    <message>
        <source>Rotate {} photos</source>
        <translation>{} Fotos drehen</translation>
    </message>
    <message>
        <source>Only {}</source>
        <translation>Nur {}</translation>
    </message>
    <message>
        <source>One step, Ctrl+Z takes it back.</source>
        <translation>Ein Schritt, Strg+Z nimmt ihn zurück.</translation>
    </message>
</context>
<context>
    <name>scenes</name>
    <message>
        <source>Scene {}</source>
        <translation>Szene {}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept</source>
        <translation>
            <numerusform>%Ln behalten</numerusform>
            <numerusform>%Ln behalten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picked</source>
        <translation>
            <numerusform>%Ln gewählt</numerusform>
            <numerusform>%Ln gewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln offen</numerusform>
            <numerusform>%Ln offen</numerusform>
        </translation>
    </message>
    <message>
        <source>decided</source>
        <translation>entschieden</translation>
    </message>
</context>
<context>
    <name>scores</name>
    <message>
        <source>Unlike the photos that the model learned from: its score means little here.</source>
        <translation>Anders als die Fotos, an denen das Modell gelernt hat: Sein Score sagt hier wenig.</translation>
    </message>
    <message>
        <source>No score: the photo cannot be read.</source>
        <translation>Kein Score: Das Foto ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Scores are hidden. Press H to show them.</source>
        <translation>Scores sind verborgen. H zeigt sie.</translation>
    </message>
    <message>
        <source>Not scored yet.</source>
        <translation>Noch nicht bewertet.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Holds for the next shoot that is opened or read again.</source>
        <translation>Gilt für das nächste Shooting, das geöffnet oder neu gelesen wird.</translation>
    </message>
    <message>
        <source>Holds from the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Culling</source>
        <translation>Aussortieren</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>Metadaten</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Speed and disk</source>
        <translation>Tempo und Speicherplatz</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Weitere</translation>
    </message>
    <message>
        <source>Go on after a mark</source>
        <translation>Nach einer Wertung weiter</translation>
    </message>
    <message>
        <source>Keepers</source>
        <translation>Behaltene</translation>
    </message>
    <message>
        <source>Picks only</source>
        <translation>Nur gewählte</translation>
    </message>
    <message>
        <source> stars or more, and picks</source>
        <translation> oder mehr Sterne und gewählte</translation>
    </message>
    <message>
        <source>Go on where you left</source>
        <translation>Weitermachen, wo Sie aufgehört haben</translation>
    </message>
    <message>
        <source>Hide scores</source>
        <translation>Scores verbergen</translation>
    </message>
    <message>
        <source>Time between frames of a burst</source>
        <translation>Zeit zwischen Bildern einer Serie</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Sidecars for</source>
        <translation>Begleitdateien für</translation>
    </message>
    <message>
        <source>Write sidecars on every change</source>
        <translation>Bei jeder Änderung schreiben</translation>
    </message>
    <message>
        <source>Score on</source>
        <translation>Bewerten auf</translation>
    </message>
    <message>
        <source>The fastest there is</source>
        <translation>Das schnellste Gerät</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>Der Prozessor</translation>
    </message>
    <message>
        <source>NVIDIA card (CUDA)</source>
        <translation>NVIDIA-Karte (CUDA)</translation>
    </message>
    <message>
        <source>Graphics card on Windows (DirectML)</source>
        <translation>Grafikkarte unter Windows (DirectML)</translation>
    </message>
    <message>
        <source>Photos decoded at once</source>
        <translation>Zugleich dekodierte Fotos</translation>
    </message>
    <message>
        <source>As many as processors</source>
        <translation>So viele wie Prozessoren</translation>
    </message>
    <message>
        <source>Disk for thumbnails</source>
        <translation>Platz für Miniaturen</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Largest picture</source>
        <translation>Größtes Bild</translation>
    </message>
    <message>
        <source> megapixels</source>
        <translation> Megapixel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>That of the system</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>Profile of the screen</source>
        <translation>Profil des Bildschirms</translation>
    </message>
    <message>
        <source>Model pack</source>
        <translation>Modellpaket</translation>
    </message>
    <message>
        <source>Threads that decode photos; 0 takes as many as the machine has processors.</source>
        <translation>Threads, die Fotos dekodieren; 0 nimmt so viele, wie der Rechner Prozessoren hat.</translation>
    </message>
    <message>
        <source>Where photos are scored: &quot;auto&quot;, the fastest there is, tries the graphics card first.</source>
        <translation>Wo Fotos bewertet werden: „Das schnellste Gerät“ versucht zuerst die Grafikkarte.</translation>
    </message>
    <message>
        <source>Pictures of more megapixels are refused before they are decoded.</source>
        <translation>Bilder mit mehr Megapixeln werden abgewiesen, bevor sie dekodiert werden.</translation>
    </message>
    <message>
        <source>Megabytes of disk that thumbnails may take; the least recently used go first.</source>
        <translation>Megabyte, die Miniaturen belegen dürfen; die am längsten nicht benutzten gehen zuerst.</translation>
    </message>
    <message>
        <source>Seconds between two frames of a burst; frames that look almost the same may be up to 15 times as far apart.</source>
        <translation>Sekunden zwischen zwei Bildern einer Serie; fast gleiche Bilder dürfen bis zu 15-mal so weit auseinander liegen.</translation>
    </message>
    <message>
        <source>Show every shoot as it was left, and begin with the one that was open last.</source>
        <translation>Jedes Shooting zeigen, wie es verlassen wurde, und mit dem zuletzt geöffneten beginnen.</translation>
    </message>
    <message>
        <source>Hide every score and suggestion, for those who cull blind.</source>
        <translation>Jeden Score und Vorschlag verbergen, für alle, die unbeeinflusst aussortieren.</translation>
    </message>
    <message>
        <source>Write a sidecar beside a photo whenever its flag, stars or colour change.</source>
        <translation>Eine Begleitdatei neben ein Foto schreiben, sobald sich Flagge, Sterne oder Farbe ändern.</translation>
    </message>
    <message>
        <source>The program that sidecars are written for.</source>
        <translation>Das Programm, für das Begleitdateien geschrieben werden.</translation>
    </message>
    <message>
        <source>Go on to the next photo after every mark; with Shift a mark then stays.</source>
        <translation>Nach jeder Wertung zum nächsten Foto gehen; mit Umschalt bleibt dann das Foto.</translation>
    </message>
    <message>
        <source>Stars from which a photo counts as a keeper, beside picks; with 0 only picks are keepers, and rejects never.</source>
        <translation>Sterne, ab denen ein Foto als behalten gilt, neben gewählten; bei 0 gelten nur gewählte als behalten, abgelehnte nie.</translation>
    </message>
    <message>
        <source>Language of the window. Reasons, critiques and messages about files are English whichever it is.</source>
        <translation>Sprache des Fensters. Gründe, Kritiken und Meldungen über Dateien sind in jedem Fall englisch.</translation>
    </message>
    <message>
        <source>The model pack that scores: a folder below models in the data folder; empty: the bundled one.</source>
        <translation>Das Modellpaket, das bewertet: ein Ordner unter models im Datenordner; leer: das mitgelieferte.</translation>
    </message>
    <message>
        <source>File with the ICC profile of the screen, where the system does not apply it itself.</source>
        <translation>Datei mit dem ICC-Profil des Bildschirms, wo das System es nicht selbst anwendet.</translation>
    </message>
</context>
<context>
    <name>why</name>
    <message>
        <source>Subject: the eyes of the largest face</source>
        <translation>Motiv: die Augen des größten Gesichts</translation>
    </message>
    <message>
        <source>Subject: where the camera focused</source>
        <translation>Motiv: wohin die Kamera scharf gestellt hat</translation>
    </message>
    <message>
        <source>Subject: where the model looked</source>
        <translation>Motiv: wohin das Modell sah</translation>
    </message>
    <message>
        <source>Subject: the sharpest part</source>
        <translation>Motiv: die schärfste Stelle</translation>
    </message>
    <message>
        <source>no subject was measured yet</source>
        <translation>noch kein Motiv gemessen</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Bracket</source>
        <translation>Belichtungsreihe</translation>
    </message>
    <message>
        <source>Panorama</source>
        <translation>Panorama</translation>
    </message>
    <message>
        <source>burst of {}</source>
        <translation>Serie von {}</translation>
    </message>
    <message>
        <source>bracket of {}</source>
        <translation>Belichtungsreihe von {}</translation>
    </message>
    <message>
        <source>panorama of {}</source>
        <translation>Panorama von {}</translation>
    </message>
    <message>
        <source>group of {}</source>
        <translation>Gruppe von {}</translation>
    </message>
    <message>
        <source>pick</source>
        <translation>gewählt</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>red label</source>
        <translation>Farbe Rot</translation>
    </message>
    <message>
        <source>yellow label</source>
        <translation>Farbe Gelb</translation>
    </message>
    <message>
        <source>green label</source>
        <translation>Farbe Grün</translation>
    </message>
    <message>
        <source>blue label</source>
        <translation>Farbe Blau</translation>
    </message>
    <message>
        <source>purple label</source>
        <translation>Farbe Violett</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n Stern</numerusform>
            <numerusform>%n Sterne</numerusform>
        </translation>
    </message>
    <message>
        <source>no decision</source>
        <translation>keine Entscheidung</translation>
    </message>
    <message>
        <source>{}, number {} in it</source>
        <translation>{}, darin Nummer {}</translation>
    </message>
    <message>
        <source>cannot be read: {}</source>
        <translation>nicht lesbar: {}</translation>
    </message>
    <message>
        <source>rank {}</source>
        <translation>Rang {}</translation>
    </message>
    <message>
        <source>base score {}</source>
        <translation>Basis-Score {}</translation>
    </message>
    <message>
        <source>closed stack</source>
        <translation>geschlossener Stapel</translation>
    </message>
    <message>
        <source>suggested as number {}</source>
        <translation>vorgeschlagen als Nummer {}</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
</context>
</TS>
