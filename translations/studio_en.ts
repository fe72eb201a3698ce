<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Download</name>
    <message numerus="yes">
        <source>%Ln file(s) fetched (%1 in %2).</source>
        <translation>
            <numerusform>%Ln file fetched (%1 in %2).</numerusform>
            <numerusform>%Ln files fetched (%1 in %2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were there already and right.</source>
        <translation>
            <numerusform>%Ln file was there already and right.</numerusform>
            <numerusform>%Ln files were there already and right.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln byte</numerusform>
            <numerusform>%Ln bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ArmPanel</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) duplicated. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>%Ln row duplicated. Ctrl+Z takes that back.</numerusform>
            <numerusform>%Ln rows duplicated. Ctrl+Z takes that back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) deleted. Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>%Ln row deleted. Ctrl+Z brings it back.</numerusform>
            <numerusform>%Ln rows deleted. Ctrl+Z brings them back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>edit of %Ln row(s)</source>
        <translation>
            <numerusform>edit of %Ln row</numerusform>
            <numerusform>edit of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>adding %Ln row(s)</source>
        <translation>
            <numerusform>adding %Ln row</numerusform>
            <numerusform>adding %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>duplicating %Ln row(s)</source>
        <translation>
            <numerusform>duplicating %Ln row</numerusform>
            <numerusform>duplicating %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>deleting %Ln row(s)</source>
        <translation>
            <numerusform>deleting %Ln row</numerusform>
            <numerusform>deleting %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>import of %Ln row(s)</source>
        <translation>
            <numerusform>import of %Ln row</numerusform>
            <numerusform>import of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new split of %Ln row(s)</source>
        <translation>
            <numerusform>new split of %Ln row</numerusform>
            <numerusform>new split of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new status of %Ln row(s)</source>
        <translation>
            <numerusform>new status of %Ln row</numerusform>
            <numerusform>new status of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change of %Ln row(s)</source>
        <translation>
            <numerusform>change of %Ln row</numerusform>
            <numerusform>change of %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) imported. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>%Ln row imported. Ctrl+Z takes that back.</numerusform>
            <numerusform>%Ln rows imported. Ctrl+Z takes that back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) written to %1.</source>
        <translation>
            <numerusform>%Ln row written to %1.</numerusform>
            <numerusform>%Ln rows written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::DetailsView</name>
    <message numerus="yes">
        <source>%Ln line(s) of metrics.jsonl cannot be read.</source>
        <translation>
            <numerusform>%Ln line of metrics.jsonl cannot be read.</numerusform>
            <numerusform>%Ln lines of metrics.jsonl cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>metrics.jsonl ends %Ln step(s) before the run did.</source>
        <translation>
            <numerusform>metrics.jsonl ends %Ln step before the run did.</numerusform>
            <numerusform>metrics.jsonl ends %Ln steps before the run did.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::DownloadDialog</name>
    <message numerus="yes">
        <source>%Ln file(s), %1, are to come.</source>
        <translation>
            <numerusform>%Ln file, %1, is to come.</numerusform>
            <numerusform>%Ln files, %1, are to come.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::EvalRowsView</name>
    <message numerus="yes">
        <source>%Ln row(s) at step %1</source>
        <translation>
            <numerusform>%Ln row at step %1</numerusform>
            <numerusform>%Ln rows at step %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ExportDialog</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetButton</name>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1, %Ln row</numerusform>
            <numerusform>%1, %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetPanel</name>
    <message numerus="yes">
        <source>%Ln accepted row(s) are in no split and are not trained on.</source>
        <translation>
            <numerusform>%Ln accepted row is in no split and is not trained on.</numerusform>
            <numerusform>%Ln accepted rows are in no split and are not trained on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ForecastView</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::GenerateSettingsPopup</name>
    <message numerus="yes">
        <source>%Ln stop text(s)</source>
        <translation>
            <numerusform>%Ln stop text</numerusform>
            <numerusform>%Ln stop texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln token(s)</source>
        <translation>
            <numerusform>at most %Ln token</numerusform>
            <numerusform>at most %Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPane</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation>
            <numerusform>Import %Ln row</numerusform>
            <numerusform>Import %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthChart</name>
    <message numerus="yes">
        <source>%Ln row(s) cut</source>
        <translation>
            <numerusform>%Ln row cut</numerusform>
            <numerusform>%Ln rows cut</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) dropped</source>
        <translation>
            <numerusform>%Ln row dropped</numerusform>
            <numerusform>%Ln rows dropped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthPanel</name>
    <message numerus="yes">
        <source>Length of all %Ln train row(s)</source>
        <translation>
            <numerusform>Length of %Ln train row</numerusform>
            <numerusform>Length of all %Ln train rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show next of %Ln row(s)</source>
        <translation>
            <numerusform>Show next of %Ln row</numerusform>
            <numerusform>Show next of %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LossChart</name>
    <message numerus="yes">
        <source>eval, %Ln validation row(s)</source>
        <translation>
            <numerusform>eval, %Ln validation row</numerusform>
            <numerusform>eval, %Ln validation rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelDetails</name>
    <message numerus="yes">
        <source>%Ln layer(s)</source>
        <translation>
            <numerusform>%Ln layer</numerusform>
            <numerusform>%Ln layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s)</source>
        <translation>
            <numerusform>%Ln head</numerusform>
            <numerusform>%Ln heads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelsPage</name>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln model</numerusform>
            <numerusform>%Ln models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::PreflightPanel</name>
    <message numerus="yes">
        <source>%Ln row(s) have no response left and are not used</source>
        <translation>
            <numerusform>%Ln row has no response left and is not used</numerusform>
            <numerusform>%Ln rows have no response left and are not used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) lose the end of their response</source>
        <translation>
            <numerusform>%Ln row loses the end of its response</numerusform>
            <numerusform>%Ln rows lose the end of their response</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s), taken from train by a fixed seed</source>
        <translation>
            <numerusform>%Ln validation row, taken from train by a fixed seed</numerusform>
            <numerusform>%Ln validation rows, taken from train by a fixed seed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) for the evaluation loss</source>
        <translation>
            <numerusform>%Ln validation row for the evaluation loss</numerusform>
            <numerusform>%Ln validation rows for the evaluation loss</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Evaluated at the start, every %Ln step(s), and at the end</source>
        <translation>
            <numerusform>Evaluated at the start, every %Ln step, and at the end</numerusform>
            <numerusform>Evaluated at the start, every %Ln steps, and at the end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln passed</source>
        <translation>
            <numerusform>%Ln passed</numerusform>
            <numerusform>%Ln passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln warning</numerusform>
            <numerusform>%Ln warnings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln error</numerusform>
            <numerusform>%Ln errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without a response are not used</source>
        <translation>
            <numerusform>%Ln row without a response is not used</numerusform>
            <numerusform>%Ln rows without a response are not used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) in no split are not used</source>
        <translation>
            <numerusform>%Ln accepted row in no split is not used</numerusform>
            <numerusform>%Ln accepted rows in no split are not used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) are measured without their end</source>
        <translation>
            <numerusform>%Ln validation row is measured without its end</numerusform>
            <numerusform>%Ln validation rows are measured without their end</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) have no response to measure</source>
        <translation>
            <numerusform>%Ln validation row has no response to measure</numerusform>
            <numerusform>%Ln validation rows have no response to measure</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more, all passed</source>
        <translation>
            <numerusform>Show %Ln more, passed</numerusform>
            <numerusform>Show %Ln more, all passed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptsPage</name>
    <message numerus="yes">
        <source>All %Ln row(s) fit into the cutoff</source>
        <translation>
            <numerusform>%Ln row fits into the cutoff</numerusform>
            <numerusform>All %Ln rows fit into the cutoff</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::QueuePanel</name>
    <message numerus="yes">
        <source>%Ln run(s), %1; settings, model and template as queued, rows as they are at the start</source>
        <translation>
            <numerusform>%Ln run, %1; settings, model and template as queued, rows as they are at the start</numerusform>
            <numerusform>%Ln runs, %1; settings, model and template as queued, rows as they are at the start</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RecipeChooser</name>
    <message numerus="yes">
        <source>%Ln recipe(s) cannot be read</source>
        <translation>
            <numerusform>%Ln recipe cannot be read</numerusform>
            <numerusform>%Ln recipes cannot be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordEditor</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordFilterBar</name>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation>
            <numerusform>%1 of %Ln row</numerusform>
            <numerusform>%1 of %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordTableModel</name>
    <message numerus="yes">
        <source>%Ln token(s) beyond the cutoff of %1 are cut off</source>
        <translation>
            <numerusform>%Ln token beyond the cutoff of %1 is cut off</numerusform>
            <numerusform>%Ln tokens beyond the cutoff of %1 are cut off</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RunView</name>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln step</numerusform>
            <numerusform>%Ln steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::RunsPage</name>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln run is in the trash.</numerusform>
            <numerusform>%Ln runs are in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Trash, %Ln run(s)</source>
        <translation>
            <numerusform>Trash, %Ln run</numerusform>
            <numerusform>Trash, %Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted runs are kept for %Ln day(s)</source>
        <translation>
            <numerusform>Deleted runs are kept for %Ln day</numerusform>
            <numerusform>Deleted runs are kept for %Ln days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) will be removed from the disk, with their models.</source>
        <translation>
            <numerusform>%Ln deleted run will be removed from the disk, with its model.</numerusform>
            <numerusform>%Ln deleted runs will be removed from the disk, with their models.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) removed from the disk</source>
        <translation>
            <numerusform>%Ln deleted run removed from the disk</numerusform>
            <numerusform>%Ln deleted runs removed from the disk</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::SampleModel</name>
    <message numerus="yes">
        <source>%Ln other answer(s) between</source>
        <translation>
            <numerusform>%Ln other answer between</numerusform>
            <numerusform>%Ln other answers between</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsForm</name>
    <message numerus="yes">
        <source>Those of %Ln chosen row(s), every %1 steps.</source>
        <translation>
            <numerusform>That of %Ln chosen row, every %1 steps.</numerusform>
            <numerusform>Those of %Ln chosen rows, every %1 steps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) differ from the recipe</source>
        <translation>
            <numerusform>%Ln setting differs from the recipe</numerusform>
            <numerusform>%Ln settings differ from the recipe</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::SetupView</name>
    <message numerus="yes">
        <source>%Ln error(s) to correct first</source>
        <translation>
            <numerusform>%Ln error to correct first</numerusform>
            <numerusform>%Ln errors to correct first</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::StepReadout</name>
    <message numerus="yes">
        <source>Highest of the %Ln row(s) in this batch:</source>
        <translation>
            <numerusform>The %Ln row in this batch:</numerusform>
            <numerusform>Highest of the %Ln rows in this batch:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln row(s) of this batch:</source>
        <translation>
            <numerusform>The %Ln row of this batch:</numerusform>
            <numerusform>The %Ln rows of this batch:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioApplication</name>
    <message numerus="yes">
        <source>%1 · %Ln thread(s) · %2</source>
        <translation>
            <numerusform>%1 · %Ln thread · %2</numerusform>
            <numerusform>%1 · %Ln threads · %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %Ln core(s)</source>
        <translation>
            <numerusform>CPU · %Ln core</numerusform>
            <numerusform>CPU · %Ln cores</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::TemplateEditor</name>
    <message numerus="yes">
        <source>used by %Ln run(s)</source>
        <translation>
            <numerusform>used by %Ln run</numerusform>
            <numerusform>used by %Ln runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenPanel</name>
    <message numerus="yes">
        <source>%Ln token(s) of fixed text</source>
        <translation>
            <numerusform>%Ln token of fixed text</numerusform>
            <numerusform>%Ln tokens of fixed text</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenView</name>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln token</numerusform>
            <numerusform>%Ln tokens</numerusform>
        </translation>
    </message>
</context>
</TS>
