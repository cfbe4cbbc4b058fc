<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ClocksDialog</name>
    <message numerus="yes">
        <source>%Ln photos of {}: correction {} becomes {}</source>
        <translation>
            <numerusform>%Ln photo of {}: correction {} becomes {}</numerusform>
            <numerusform>%Ln photos of {}: correction {} becomes {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message numerus="yes">
        <source>Show %Ln that were answered before</source>
        <translation>
            <numerusform>Show %Ln that was answered before</numerusform>
            <numerusform>Show %Ln that were answered before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln fields are said otherwise in the files. Nothing changes before you apply your answers.</source>
        <translation>
            <numerusform>%Ln field is said otherwise in the files. Nothing changes before you apply an answer.</numerusform>
            <numerusform>%Ln fields are said otherwise in the files. Nothing changes before you apply your answers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Apply %Ln answers</source>
        <translation>
            <numerusform>&amp;Apply %Ln answer</numerusform>
            <numerusform>&amp;Apply %Ln answers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EmptyPanel</name>
    <message numerus="yes">
        <source>%Ln videos are left out: Chinagraph shows photos only.</source>
        <translation>
            <numerusform>%Ln video is left out: Chinagraph shows photos only.</numerusform>
            <numerusform>%Ln videos are left out: Chinagraph shows photos only.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>All %Ln photos are in {}</source>
        <translation>
            <numerusform>%Ln photo is in {}</numerusform>
            <numerusform>All %Ln photos are in {}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GoalPanel</name>
    <message numerus="yes">
        <source>%Ln photos suggested</source>
        <translation>
            <numerusform>%Ln photo suggested</numerusform>
            <numerusform>%Ln photos suggested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Picks %Ln more</source>
        <translation>
            <numerusform>Picks %Ln more</numerusform>
            <numerusform>Picks %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of your own stay</source>
        <translation>
            <numerusform>%Ln of your own stays</numerusform>
            <numerusform>%Ln of your own stay</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them hidden by the filter or a closed stack</source>
        <translation>
            <numerusform>%Ln of them hidden by the filter or a closed stack</numerusform>
            <numerusform>%Ln of them hidden by the filter or a closed stack</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message numerus="yes">
        <source>%Ln changes of yours</source>
        <translation>
            <numerusform>%Ln change of yours</numerusform>
            <numerusform>%Ln changes of yours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Metadata</name>
    <message numerus="yes">
        <source>%Ln sidecars could not be written. That is made up for when the shoot is opened again.</source>
        <translation>
            <numerusform>%Ln sidecar could not be written. That is made up for when the shoot is opened again.</numerusform>
            <numerusform>%Ln sidecars could not be written. That is made up for when the shoot is opened again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> So it is with %Ln more.</source>
        <translation>
            <numerusform> So it is with %Ln more.</numerusform>
            <numerusform> So it is with %Ln more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MetadataDialog</name>
    <message numerus="yes">
        <source>%Ln say so already</source>
        <translation>
            <numerusform>%Ln says so already</numerusform>
            <numerusform>%Ln say so already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cannot be written</source>
        <translation>
            <numerusform>%Ln cannot be written</numerusform>
            <numerusform>%Ln cannot be written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos disagree with what stands there: writing puts yours in its place</source>
        <translation>
            <numerusform>%Ln photo disagrees with what stands there: writing puts yours in its place</numerusform>
            <numerusform>%Ln photos disagree with what stands there: writing puts yours in its place</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sidecars</source>
        <translation>
            <numerusform>%Ln sidecar</numerusform>
            <numerusform>%Ln sidecars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln could not be</source>
        <translation>
            <numerusform>%Ln could not be</numerusform>
            <numerusform>%Ln could not be</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProgressStrip</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unreadable photos, show why</source>
        <translation>
            <numerusform>%Ln unreadable photo, show why</numerusform>
            <numerusform>%Ln unreadable photos, show why</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RescueDialog</name>
    <message numerus="yes">
        <source>%Ln photos with decisions, {} of them taken from the damaged file.</source>
        <translation>
            <numerusform>%Ln photo with decisions, {} of them taken from the damaged file.</numerusform>
            <numerusform>%Ln photos with decisions, {} of them taken from the damaged file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars for</source>
        <translation>
            <numerusform>%n star for</numerusform>
            <numerusform>%n stars for</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stars:</source>
        <translation>
            <numerusform>%n star:</numerusform>
            <numerusform>%n stars:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>details</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exif</name>
    <message numerus="yes">
        <source>%Ln bytes</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>export_preview</name>
    <message numerus="yes">
        <source>All %Ln photos would be left out.</source>
        <translation>
            <numerusform>%Ln photo would be left out.</numerusform>
            <numerusform>All %Ln photos would be left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No photo has %n stars or more.</source>
        <translation>
            <numerusform>No photo has %n star or more.</numerusform>
            <numerusform>No photo has %n stars or more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>exporting</name>
    <message numerus="yes">
        <source>%Ln of them are rejected.</source>
        <translation>
            <numerusform>%Ln of them is rejected.</numerusform>
            <numerusform>%Ln of them are rejected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goal_commands</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>group_commands</name>
    <message numerus="yes">
        <source>%Ln stacks are open</source>
        <translation>
            <numerusform>%Ln stack is open</numerusform>
            <numerusform>%Ln stacks are open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln stacks are closed to their best photos</source>
        <translation>
            <numerusform>%Ln stack is closed to its best photo</numerusform>
            <numerusform>%Ln stacks are closed to their best photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>metadata</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos took over what their files say</source>
        <translation>
            <numerusform>%Ln photo took over what its files say</numerusform>
            <numerusform>%Ln photos took over what their files say</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos disagree with their files. Nothing was changed.</source>
        <translation>
            <numerusform>%Ln photo disagrees with its files. Nothing was changed.</numerusform>
            <numerusform>%Ln photos disagree with their files. Nothing was changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln flags</source>
        <translation>
            <numerusform>%Ln flag</numerusform>
            <numerusform>%Ln flags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln ratings</source>
        <translation>
            <numerusform>%Ln rating</numerusform>
            <numerusform>%Ln ratings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln colours</source>
        <translation>
            <numerusform>%Ln colour</numerusform>
            <numerusform>%Ln colours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rotations</source>
        <translation>
            <numerusform>%Ln rotation</numerusform>
            <numerusform>%Ln rotations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>outcomes</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln files</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rescue</name>
    <message numerus="yes">
        <source>%Ln photos with decisions</source>
        <translation>
            <numerusform>%Ln photo with decisions</numerusform>
            <numerusform>%Ln photos with decisions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>rotation_commands</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>scenes</name>
    <message numerus="yes">
        <source>%Ln photos</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept</source>
        <translation>
            <numerusform>%Ln kept</numerusform>
            <numerusform>%Ln kept</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln picked</source>
        <translation>
            <numerusform>%Ln picked</numerusform>
            <numerusform>%Ln picked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln open</source>
        <translation>
            <numerusform>%Ln open</numerusform>
            <numerusform>%Ln open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>%n stars</source>
        <translation>
            <numerusform>%n star</numerusform>
            <numerusform>%n stars</numerusform>
        </translation>
    </message>
</context>
</TS>
