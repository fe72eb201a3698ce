<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Errors</name>
    <message>
        <source>This request cannot be carried out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This request cannot be carried out: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check what was entered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the name, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check its permissions, or choose another file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the permissions of the folder, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full; %1 was not written.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make room and try again. What was stored before is unharmed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is not in the format it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not in the format it should be.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the file, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file is not UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing usable in the file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing usable in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file with records.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not read this format.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not read the format of %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Convert the file to Alpaca JSON or JSONL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A setting is outside its range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The setting %1 is outside its range.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt template has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The prompt template has a mistake: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct it on the Prompts page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s config.json has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get the model again, or choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not know this kind of model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This version does not know the kind of model in %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model of the Llama family.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s weights are damaged or do not fit its config.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The weights in %1 are damaged or do not fit config.json.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer&apos;s files are missing or damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokenizer in %1 is missing or damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a project, or its database is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a project, or its database is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project was written by a newer version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was written by a newer version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it with that version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The project&apos;s database refused the change; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The database %1 refused the change; nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close other programs that use this project and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no row to train on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import rows on the Data page, or put rows into the train split.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row has a response within the cutoff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raise the cutoff.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss is no longer a number: the training diverged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The loss is no longer a number at step %1: the training diverged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start again with half the learning rate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job needs more memory than is free.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use fewer rows per step or a smaller cutoff, or close other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chosen device is not on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The device %1 is not on this machine.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose auto or cpu as the device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training engine could not be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training engine %1 could not be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run of this name is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A run named %1 is there already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another run name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the details and report them.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>How</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Method</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Full fine-tuning changes all weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passes over the train rows; not used when a number of steps is set.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size of one step at its peak; too high shows as spikes in the loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows in one micro-batch; fewer rows need less memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Micro-batches added up for one step; rows per step = batch × accumulation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>batches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens a row may have; longer rows are cut and counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train on the prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learn the prompt&apos;s tokens too, not only the response&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the learning rate changes after the warm-up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>constant</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>linear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cosine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0 to its peak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a linear or cosine schedule ends, as a share of the peak.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pulls weights towards 0, apart from the gradient; none on norms and biases.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long AdamW remembers gradients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long AdamW remembers squared gradients.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps AdamW from dividing by 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest gradient that is used whole; 0 turns clipping off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop after so many steps; 0 goes by epochs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the validation rows; 0 means about ten times a run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed and settings give the same run on a CPU.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Device</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the run is computed; auto takes a GPU when there is one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>auto</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cpu</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cuda</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number format of the computation; auto chooses by device.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float32</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>float16</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU threads; 0 means all that the program may use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generation stops here at the latest.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>0 always takes the likeliest token; higher is more varied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose among the k likeliest tokens; 0 turns it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose among the likeliest tokens that together have this probability; 1 turns it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Above 1 makes tokens that already occurred less likely; 1 turns it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed gives the same answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens that the tokenizer knows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width of the model; the heads must divide it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Width inside each feed-forward block.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decoder blocks, one after the other.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Query heads in each layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key–value heads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heads of keys and values; must divide the attention heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest text that the model is made for.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base of the rotary position angles.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keeps the norm from dividing by 0.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The output layer shares the embedding&apos;s weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Initial spread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Standard deviation of the first random weights.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RecordWords</name>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <comment>not in any split</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written by people</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generated by a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited here</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>The row has no instruction.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row has no output: there is nothing to learn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The field %1 is not a text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All fields of the row are empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line is not JSON, or is cut.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line is not UTF-8 text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row is nested too deeply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row holds one half of a character.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The row is of another format, which this version does not read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is named .json but holds one record a line; it was read as JSONL.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is named .jsonl but holds one JSON array; it was read as that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are equal to an earlier one in instruction, input and output: %1. All were kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file is UTF-16 and was converted to UTF-8.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The records were read from a list inside the file&apos;s object.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows with input null, read as no input: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows with an empty instruction, whose input alone is the question: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows with a number too large to keep exactly, kept as text: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows with a key given twice, of which the last value was taken: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other fields, kept with the rows and exported again, but not used by training: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row is in validation: %1 train rows are kept aside for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows are longer than %2 tokens and lose their end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rows have no response left within %2 tokens and are left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is outside %2 to %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not one of the choices.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not auto, cpu, cuda or cuda:0, cuda:1 and so on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is above beta 2 (%2); AdamW is unstable then.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An empty stop text would end every answer at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The heads do not divide the hidden size.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key–value heads do not divide the attention heads.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no setting of this name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StartOptions</name>
    <message>
        <source>error: %1 See --help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FineTune Studio: prepare data, fine-tune a language model, compare.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project folder (NAME.ftproj) to open. Without it: the last one, or the sample.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say this and end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Say the version and end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open your copy of the sample project; it is made when there is none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language of this session: system, en, zh_TW or zh_CN.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme of this session: system, light or dark.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one project can be opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a language of this program (system, en, zh_TW, zh_CN).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” is not a theme (system, light, dark).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TemplateText</name>
    <message>
        <source>%1 is missing in “With input”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is missing in “Without input”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no field: there are {instruction} and {input}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: did you mean %2?</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ArmPanel</name>
    <message>
        <source>Model of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reading …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SHA-256 of configuration and weights: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed since training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trained with “%1”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 / %2 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>longest answer reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>context full</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stop text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>end token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A fine-tuned model answers here. There is none yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ComparePage</name>
    <message>
        <source>Next: better the data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact match: base %1 of %2 · fine-tuned %3 of %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Same prompt, same template, same seed for both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::CutoffTableModel</name>
    <message>
        <source>%1 rows lose their end, %2 have nothing left to learn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (now)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If cutoff is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens an epoch</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: see what the model sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no rows yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no accepted rows yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no test rows set aside</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 to train on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a row (N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rows to train on stand here: an instruction, an input where there is one, and the response wanted. Drop a JSON or JSONL file here, or import one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row matches the filters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written here</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) duplicated. Ctrl+Z takes that back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) deleted. Ctrl+Z brings them back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>edit of row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>edit of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>adding %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>duplicating %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>deleting %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>import of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new split of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new status of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to undo (Ctrl+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo: %1 (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to redo (Ctrl+Shift+Z)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To test or back to train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Del</source>
        <comment>key</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) imported. Ctrl+Z takes that back.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) written to %1.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Rows split anew. Ctrl+Z brings the old split back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows (*.json *.jsonl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns as they were at first</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ExportDialog</name>
    <message>
        <source>Export rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown by the filters: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON Lines (.jsonl), one row a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (.json), one list as the Alpaca files have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written are instruction, input, output and the further fields that a row was imported with.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetButton</name>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetPanel</name>
    <message>
        <source>Only accepted rows are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not split yet: training takes every accepted row, and Compare has no row that the model has not seen. Split… sets some aside.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) are in no split and are not trained on.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No test rows: Compare has no row that the model has not seen.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No validation rows: training sets 5 % of the train rows aside for its evaluation loss.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training reads train and validation, and never looks at test.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(no source)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the rows are made of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted rows by split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All rows by status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All rows by source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In no split</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::FieldEditor</name>
    <message>
        <source>All weights</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::GenerateSettingsPopup</name>
    <message>
        <source>How answers are generated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An answer ends before the first of these; one a line, \n for a line break.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-k %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>top-p %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>at most %n token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stop text(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPane</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop leaves the project as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is stored until you accept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Storing the rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: %1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that come in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as accepted rows, in no split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing to import</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listed below with the reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Read as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refused rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPreviewModel</name>
    <message>
        <source>Instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthChart</name>
    <message>
        <source>Row lengths, cutoff %1, %2 rows cut, %3 dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row lengths, not counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cutoff %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no row cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cut</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>none dropped</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) dropped</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthPanel</name>
    <message numerus="yes">
        <source>Length of all %n train row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Length of the train rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of at most %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show next of %n row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cutoff in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest row in tokens; longer rows lose their end. Train uses the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the next row that loses its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What another cutoff would do</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::LossChart</name>
    <message>
        <source>Loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>eval, %n validation row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>eval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fit the whole run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::LossPlot</name>
    <message>
        <source>epoch %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Step %1 · epoch %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train loss %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>smoothed %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eval loss %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gradient norm %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss chart, no steps yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss chart, %1 steps planned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loss, step %1 of %2, train %3, eval %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, best so far</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::MainMenu</name>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;sample project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>S&amp;top…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About FineTune Studio</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::MainWindow</name>
    <message>
        <source>FineTune Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 – FineTune Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About FineTune Studio</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FineTune Studio %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare instruction–response data, see what the model will see, fine-tune on this computer and find out whether it got better.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+4: the pages from Data to Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt+Right: the next step of the loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F6: next pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+F: search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z: undo, redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+I, Ctrl+E: import, export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+R: start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+.: stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Enter: the main action of a page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys that work on every page</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::NextStepBar</name>
    <message>
        <source>Next step (%1)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::NoteBar</name>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::Page</name>
    <message>
        <source>Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, page %2 of %3 in the loop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::PreflightPanel</name>
    <message>
        <source>Before you start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 an epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>roughly %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as fast as %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row has a response within the cutoff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cutoff is %1 tokens; raise it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) have no response left and are not used</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The prompt alone reaches the cutoff of %1 tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) lose the end of their response</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff is %1. The longest row has %2 tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every row fits into %1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 train rows, %2 tokens an epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row is kept for the evaluation loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chart will show the train loss only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n validation row(s), taken from train by a fixed seed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>No row is in the validation split, so 5 % of train are kept aside and not trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n validation row(s) for the evaluation loss</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>About %1 of %2 free: weights, gradients and optimizer %3, activations %4.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory may not be enough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smaller batch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory is tight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The memory is enough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk has no room for the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 are needed, %2 are free. Make room first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows may be longer than the model&apos;s context of %1 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model has not seen such lengths. Lower the cutoff to its context length.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then falls to %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Evaluated at the start, every %n step(s), and at the end</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The time is computed, not measured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From %1 thousand million operations a second and thread; the first run of this model measures it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n passed</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ProgressLine</name>
    <message>
        <source>%1 percent</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ProjectSession</name>
    <message>
        <source>Embedded base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No base model is chosen. Choose a model folder on Train.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptBar</name>
    <message>
        <source>with input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own prompt · %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row %1 · test split · %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both models something</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask both (Ctrl+Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous prompt (K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next prompt (J)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change how answers are generated</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptsPage</name>
    <message>
        <source>This template is not stored because of its fault. Correct it, or discard the edit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The template has a fault and is not stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 rows lose their end</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>All %n row(s) fit into the cutoff</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The same template everywhere, kept with the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokenizer of the base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base model whose tokenizer splits the text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make a copy (Ctrl+D)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here you will see a row exactly as the model does. The project has no rows yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::QtDialogs</name>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordEditor</name>
    <message>
        <source>No row chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Generated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as you type</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 + end token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not counted: the template has a problem. Prompts shows where.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not counted: the base model&apos;s tokenizer could not be loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>tokens of a row, cutoff</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prompt %1 · response %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> · cut %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate the selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the selected rows (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the selected rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous row (Alt+Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next row (Alt+Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next row</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordFilterBar</name>
    <message>
        <source>(no source)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search all text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status: any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split: any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source: any</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter by source</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordTableModel</name>
    <message numerus="yes">
        <source>%Ln token(s) beyond the cutoff of %1 are cut off</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of the whole row with the current template and tokenizer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Source</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::ReferencePanel</name>
    <message>
        <source>The same tokens from different weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Two models rarely agree token by token. For a short answer it may be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A prompt of your own has no reference.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped, not counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>contains, not exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not in the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit of the comparison</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RefusedRowsModel</name>
    <message>
        <source>all</source>
        <comment>the whole file</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RowPanel</name>
    <message>
        <source>What the model sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous row (Page Up)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next row (Page Down)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Row number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the exact text</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::RunView</name>
    <message>
        <source>Step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>clip %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started: %1 rows, %2 of them cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Started: %1 rows, %2 tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluated before the first step: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluated: %1, best so far</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluated: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The run was stopped before its first step; no model was saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped before the first step</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped after %1; what was learned is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished: %1 in %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eval loss went from %1 to %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>/ %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SearchField</name>
    <message>
        <source>Clear the search (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsForm</name>
    <message>
        <source>Basic %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which settings are shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder name under runs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training starts from its weights.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes prompts of the rows; stored with the model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows per step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Batch × accumulation. A smaller batch needs less memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The choice was not kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) differ from the defaults</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>= %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SetupView</name>
    <message>
        <source>The same from a terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start training (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project or make a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings were not stored</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The base model cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no row to train on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows that are accepted on the Data page can be trained on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another job is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Runs in the background</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) to correct first</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::Sidebar</name>
    <message>
        <source>The loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The rooms of the loop</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SidebarItem</name>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SmallChart</name>
    <message>
        <source>Copy as table</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitCellDelegate</name>
    <message>
        <source>Split</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitDialog</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>of the accepted rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No row would be left to train on. Accept more rows, or lower the shares.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split the rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All accepted rows are dealt anew. Rows with the same instruction and input always land in the same split, so that no test question was trained on. Undo brings the old split back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Validation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluation loss while training, early stopping.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For Compare. Training never looks at it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The same seed deals the same rows in the same way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Train</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change their split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::StatusCellDelegate</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioApplication</name>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n thread(s) · %2</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %n core(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All changes are saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1 · undo keeps 100 changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A training is running</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closing the window ends the training.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was learned so far is kept as a model, and the window closes when it is saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training stops and its model is saved; then the window closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>FineTune Studio project (*.ftproj)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open a project folder (NAME.ftproj)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioStatusBar</name>
    <message>
        <source>Memory %1 of %2 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program uses %1 GB of it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disk %1 GB free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the disk of this project</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TemplateDraft</name>
    <message>
        <source>%1 copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TemplateEditor</name>
    <message numerus="yes">
        <source>used by %n run(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not stored yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stored with the project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“%1” stays as it is. This is a copy of it, “%2”, stored with the project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not stored until it is corrected. Click to go there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A field is used more than once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both fields used once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The instruction is used once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ends with a line break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing between prompt and response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not end with a line break</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response and end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the template</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Template editor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt of a row with input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt of a row without input</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between prompt and response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of the prompt; \n is a line break, \t a tab, \\ a backslash.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End the response with the end token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So the model learns where an answer ends. Without it, it goes on until the longest answer is reached.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert field</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Insert field (Ctrl+Space)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TestPromptModel</name>
    <message>
        <source>not asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>exact match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no exact match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact match of the base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact match of the fine-tuned model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TestPromptPanel</name>
    <message>
        <source>%1 of %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Base</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: nothing answered yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 of %3 (%4 %)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test split</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only one is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine-tuned not exact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which prompts are listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run all test prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rows of the test split will be listed here. There are none yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenLegend</name>
    <message>
        <source>Legend: prompt tokens are not trained, response tokens are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prompt, not trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response, trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenPanel</name>
    <message numerus="yes">
        <source>%n token(s) of fixed text</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of row %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3 + end %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole response is cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to learn: no response</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The end is cut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ids</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the number of each token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenView</name>
    <message>
        <source>Tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Prompt token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Response token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>End token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cut token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cut off, never seen in training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not trained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, id %2, “%3”, %4, %5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>studio::ui::TrainPage</name>
    <message>
        <source>Reset to defaults</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the training (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The runs cannot be listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training was not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>all weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training is at step %1 of %2.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The training has not made its first step.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop and keep step %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>After this: base and fine-tuned model answer the same prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can leave this page; training goes on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next: compare with the base model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both answer the same prompts, side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the chart as PNG</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the figures as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures were not saved</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
