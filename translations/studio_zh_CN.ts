<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Adapters</name>
    <message>
        <source>Choose the base model of the adapter %1</source>
        <translation>选择适配器 %1 的基座模型</translation>
    </message>
    <message>
        <source>Choose the base model of the adapter %1: %2</source>
        <translation>选择适配器 %1 的基座模型：%2</translation>
    </message>
</context>
<context>
    <name>Download</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 和另外 %2 个</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No access token was found; only private and gated models need one.</source>
        <translation>没有找到访问令牌；只有私有和需申请的模型才需要。</translation>
    </message>
    <message>
        <source>Asked with the access token from %1.</source>
        <translation>已使用来自 %1 的访问令牌询问。</translation>
    </message>
    <message>
        <source>The access token from %1 is not sent to %2, which only the pasted address names. Type the hub&apos;s address yourself to send it.</source>
        <translation>来自 %1 的访问令牌不会发送到 %2，因为只有粘贴的地址提到它。若要发送，请自行输入模型平台的地址。</translation>
    </message>
    <message>
        <source>The access token from %1 is not sent: the hub&apos;s address is not https.</source>
        <translation>不会发送来自 %1 的访问令牌：模型平台的地址不是 https。</translation>
    </message>
    <message>
        <source>Putting the folder in its place</source>
        <translation>正在将文件夹放到位</translation>
    </message>
    <message>
        <source>Checking what is there: %1</source>
        <translation>正在检查已有的内容：%1</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1/%2 个文件</translation>
    </message>
    <message>
        <source>Everything was there already and right.</source>
        <translation>所有文件原本就在，且内容正确。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) fetched (%1 in %2).</source>
        <translation>
            <numerusform>已下载 %Ln 个文件（%1，用时 %2）。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is in %2.</source>
        <translation>%1 位于 %2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were there already and right.</source>
        <translation>
            <numerusform>%Ln 个文件原本就在，且内容正确。</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub states no checksum of %1; only the size was compared.</source>
        <translation>模型平台没有提供 %1 的校验和，只比较了大小。</translation>
    </message>
    <message>
        <source>Of an earlier commit, and left in the folder: %1.</source>
        <translation>属于较早的提交、仍留在文件夹中：%1。</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>This request cannot be carried out.</source>
        <translation>无法执行此请求。</translation>
    </message>
    <message>
        <source>This request cannot be carried out: %1.</source>
        <translation>无法执行此请求：%1。</translation>
    </message>
    <message>
        <source>Check what was entered.</source>
        <translation>检查输入的内容。</translation>
    </message>
    <message>
        <source>A file is not there.</source>
        <translation>有文件不存在。</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 不存在。</translation>
    </message>
    <message>
        <source>Check the name, or choose another file.</source>
        <translation>检查名称，或选择其他文件。</translation>
    </message>
    <message>
        <source>A file cannot be read.</source>
        <translation>有文件无法读取。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>Check its permissions, or choose another file.</source>
        <translation>检查文件权限，或选择其他文件。</translation>
    </message>
    <message>
        <source>A file cannot be written.</source>
        <translation>有文件无法写入。</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>Check the permissions of the folder, or choose another one.</source>
        <translation>检查文件夹权限，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The disk is full; %1 was not written.</source>
        <translation>磁盘已满，未能写入 %1。</translation>
    </message>
    <message>
        <source>Make room and try again. What was stored before is unharmed.</source>
        <translation>腾出空间后重试。之前保存的内容完好无损。</translation>
    </message>
    <message>
        <source>A file is not in the format it should be.</source>
        <translation>有文件的格式不符合要求。</translation>
    </message>
    <message>
        <source>%1 is not in the format it should be.</source>
        <translation>%1 的格式不符合要求。</translation>
    </message>
    <message>
        <source>Check the file, or choose another one.</source>
        <translation>检查该文件，或选择其他文件。</translation>
    </message>
    <message>
        <source>A file is not UTF-8 text.</source>
        <translation>有文件不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text.</source>
        <translation>%1 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation>另存为 UTF-8 后重试。</translation>
    </message>
    <message>
        <source>There is nothing usable in the file.</source>
        <translation>文件中没有可用的内容。</translation>
    </message>
    <message>
        <source>There is nothing usable in %1.</source>
        <translation>%1 中没有可用的内容。</translation>
    </message>
    <message>
        <source>Choose a file with records.</source>
        <translation>选择包含记录的文件。</translation>
    </message>
    <message>
        <source>This version does not read this format.</source>
        <translation>此版本不支持读取这种格式。</translation>
    </message>
    <message>
        <source>This version does not read the format of %1.</source>
        <translation>此版本不支持读取 %1 的格式。</translation>
    </message>
    <message>
        <source>Convert the file to Alpaca JSON or JSONL.</source>
        <translation>将文件转换为 Alpaca JSON 或 JSONL。</translation>
    </message>
    <message>
        <source>A setting is outside its range.</source>
        <translation>有一项设置超出范围。</translation>
    </message>
    <message>
        <source>The setting %1 is outside its range.</source>
        <translation>设置 %1 超出范围。</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>更正后重试。</translation>
    </message>
    <message>
        <source>The prompt template has a mistake.</source>
        <translation>提示模板有错误。</translation>
    </message>
    <message>
        <source>The prompt template has a mistake: %1.</source>
        <translation>提示模板有错误：%1。</translation>
    </message>
    <message>
        <source>Correct it on the Prompts page.</source>
        <translation>在“提示模板”页更正。</translation>
    </message>
    <message>
        <source>The model&apos;s config.json has a mistake.</source>
        <translation>模型的 config.json 有错误。</translation>
    </message>
    <message>
        <source>%1 has a mistake.</source>
        <translation>%1 有错误。</translation>
    </message>
    <message>
        <source>Get the model again, or choose another one.</source>
        <translation>重新获取该模型，或选择其他模型。</translation>
    </message>
    <message>
        <source>This version does not know this kind of model.</source>
        <translation>此版本不支持这种模型。</translation>
    </message>
    <message>
        <source>This version does not know the kind of model in %1.</source>
        <translation>此版本不支持 %1 中的模型类型。</translation>
    </message>
    <message>
        <source>Choose a model of a family that this version knows.</source>
        <translation>请选择这个版本认识的系列中的模型。</translation>
    </message>
    <message>
        <source>The model&apos;s weights are damaged or do not fit its config.json.</source>
        <translation>模型权重已损坏，或与其 config.json 不符。</translation>
    </message>
    <message>
        <source>The weights in %1 are damaged or do not fit config.json.</source>
        <translation>%1 中的权重已损坏，或与 config.json 不符。</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s files are missing or damaged.</source>
        <translation>分词器文件缺失或已损坏。</translation>
    </message>
    <message>
        <source>The tokenizer in %1 is missing or damaged.</source>
        <translation>%1 中的分词器缺失或已损坏。</translation>
    </message>
    <message>
        <source>This is not a project, or its database is damaged.</source>
        <translation>这不是项目，或项目数据库已损坏。</translation>
    </message>
    <message>
        <source>%1 is not a project, or its database is damaged.</source>
        <translation>%1 不是项目，或其数据库已损坏。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>选择其他文件夹。</translation>
    </message>
    <message>
        <source>The project was written by a newer version.</source>
        <translation>项目由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version.</source>
        <translation>%1 由更新版本的程序写入。</translation>
    </message>
    <message>
        <source>Open it with that version.</source>
        <translation>用该版本打开。</translation>
    </message>
    <message>
        <source>The project&apos;s database refused the change; nothing was changed.</source>
        <translation>项目数据库拒绝了这次更改，内容未变。</translation>
    </message>
    <message>
        <source>The database %1 refused the change; nothing was changed.</source>
        <translation>数据库 %1 拒绝了这次更改，内容未变。</translation>
    </message>
    <message>
        <source>Close other programs that use this project and try again.</source>
        <translation>关闭正在使用此项目的其他程序，然后重试。</translation>
    </message>
    <message>
        <source>There is no row to train on.</source>
        <translation>没有可用于训练的行。</translation>
    </message>
    <message>
        <source>Import rows on the Data page, or put rows into the train split.</source>
        <translation>在“数据”页导入记录，或将记录划入训练集。</translation>
    </message>
    <message>
        <source>No row has a response within the cutoff.</source>
        <translation>没有哪一行的回答落在截断长度之内。</translation>
    </message>
    <message>
        <source>Raise the cutoff.</source>
        <translation>调高截断长度。</translation>
    </message>
    <message>
        <source>The loss is no longer a number: the training diverged.</source>
        <translation>损失已不是数值：训练发散了。</translation>
    </message>
    <message>
        <source>The loss is no longer a number at step %1: the training diverged.</source>
        <translation>到第 %1 步，损失已不是数值：训练发散了。</translation>
    </message>
    <message>
        <source>Start again with half the learning rate.</source>
        <translation>将学习率减半后重新开始。</translation>
    </message>
    <message>
        <source>The job needs more memory than is free.</source>
        <translation>任务所需内存超过可用内存。</translation>
    </message>
    <message>
        <source>The chosen device is not on this machine.</source>
        <translation>本机没有所选设备。</translation>
    </message>
    <message>
        <source>The device %1 is not on this machine.</source>
        <translation>本机没有设备 %1。</translation>
    </message>
    <message>
        <source>Choose auto or cpu as the device.</source>
        <translation>将设备设为 auto 或 cpu。</translation>
    </message>
    <message>
        <source>The training engine could not be loaded.</source>
        <translation>无法加载训练引擎。</translation>
    </message>
    <message>
        <source>The training engine %1 could not be loaded.</source>
        <translation>无法加载训练引擎 %1。</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>重新安装程序。</translation>
    </message>
    <message>
        <source>A run of this name is there already.</source>
        <translation>已有同名的运行记录。</translation>
    </message>
    <message>
        <source>A run named %1 is there already.</source>
        <translation>已有名为 %1 的运行记录。</translation>
    </message>
    <message>
        <source>Choose another run name.</source>
        <translation>换一个运行名称。</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>程序内部出错。</translation>
    </message>
    <message>
        <source>Copy the details and report them.</source>
        <translation>复制详细信息并报告问题。</translation>
    </message>
    <message>
        <source>The job needs more memory than is free: about %1.</source>
        <translation>任务所需内存超过可用内存：约 %1。</translation>
    </message>
    <message>
        <source>Halve the rows of a batch and double the accumulation, use a smaller cutoff, or choose a smaller model.</source>
        <translation>请将批次行数减半并将梯度累积加倍、缩短截断长度，或改选更小的模型。</translation>
    </message>
    <message>
        <source>Another process writes this run.</source>
        <translation>另一个进程正在写入此运行。</translation>
    </message>
    <message>
        <source>Another process writes the run %1, or may do so.</source>
        <translation>另一个进程正在写入运行 %1，或可能正在写入。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it; then the run can go on.</source>
        <translation>请等它结束，或将它停止；之后此运行便可继续。</translation>
    </message>
    <message>
        <source>This run is ending, or being handed over, already.</source>
        <translation>此运行已在结束或移交中。</translation>
    </message>
    <message>
        <source>The run %1 is ending, or being handed over, already.</source>
        <translation>运行 %1 已在结束或移交中。</translation>
    </message>
    <message>
        <source>Wait a moment; Runs shows what becomes of it.</source>
        <translation>请稍候；“运行记录”会显示结果。</translation>
    </message>
    <message>
        <source>What was asked of a server did not arrive as it should.</source>
        <translation>向服务器请求的内容未能正常送达。</translation>
    </message>
    <message>
        <source>What was asked of %1 did not arrive as it should.</source>
        <translation>向 %1 请求的内容未能正常送达。</translation>
    </message>
    <message>
        <source>Check the connection and try again; what has arrived is kept.</source>
        <translation>请检查网络连接后重试；已收到的部分会保留。</translation>
    </message>
    <message>
        <source>A server refuses access without the right token.</source>
        <translation>没有正确的令牌，服务器拒绝访问。</translation>
    </message>
    <message>
        <source>The server refuses access to %1 without the right token.</source>
        <translation>没有正确的令牌，服务器拒绝访问 %1。</translation>
    </message>
    <message>
        <source>Accept the terms on the model&apos;s page where it has some, and set a token that may read it.</source>
        <translation>如果模型页面有使用条款，请先接受，并设置有权读取该模型的令牌。</translation>
    </message>
    <message>
        <source>%1 asks for something that this version does not know: %2.</source>
        <translation>%1 用到这个版本不支持的项目：%2。</translation>
    </message>
    <message>
        <source>Choose a model of one of these architectures: %3.</source>
        <translation>请选择属于下列架构之一的模型：%3。</translation>
    </message>
    <message>
        <source>There is no config.json in %1.</source>
        <translation>%1 中没有 config.json。</translation>
    </message>
    <message>
        <source>Choose a model folder in the Hugging Face layout.</source>
        <translation>请选择 Hugging Face 格式的模型文件夹。</translation>
    </message>
    <message>
        <source>%1 holds a LoRA adapter and no model.</source>
        <translation>%1 是 LoRA 适配器，不是模型。</translation>
    </message>
    <message>
        <source>Choose the adapter&apos;s base model, and this folder as the adapter beside it.</source>
        <translation>请选择适配器的基座模型，再把这个文件夹作为与它搭配的适配器。</translation>
    </message>
    <message>
        <source>The folder %1 is not there.</source>
        <translation>文件夹 %1 不存在。</translation>
    </message>
    <message>
        <source>Bring it back, or remove the model from the list.</source>
        <translation>请把它放回原处，或将模型从列表中移除。</translation>
    </message>
    <message>
        <source>This cannot be the name of a model.</source>
        <translation>这不能作为模型的名称。</translation>
    </message>
    <message>
        <source>Use at most %2 bytes on one line.</source>
        <translation>请使用单行、最多 %2 字节的名称。</translation>
    </message>
    <message>
        <source>The tokenizer has %2 tokens, and the model has embeddings for %3.</source>
        <translation>分词器有 %2 个词元，模型的嵌入只有 %3 个。</translation>
    </message>
    <message>
        <source>Put the tokenizer into the folder that belongs to this model.</source>
        <translation>请把属于这个模型的分词器放进文件夹。</translation>
    </message>
    <message>
        <source>%1 has a setting that this version does not read: %2.</source>
        <translation>%1 含有这个版本不支持的设置：%2。</translation>
    </message>
    <message>
        <source>Choose a LoRA adapter of PEFT without it.</source>
        <translation>请选择没有这项设置的 PEFT LoRA 适配器。</translation>
    </message>
    <message>
        <source>%1 does not fit the base model, or is damaged: %2.</source>
        <translation>%1 与基座模型不匹配，或已损坏：%2。</translation>
    </message>
    <message>
        <source>Choose the model that the adapter was made for, or get the adapter again.</source>
        <translation>请选择适配器原本对应的模型，或重新获取适配器。</translation>
    </message>
    <message>
        <source>The adapter in %1 has no weights (adapter_model.safetensors or adapter_model.bin).</source>
        <translation>%1 中的适配器没有权重（adapter_model.safetensors 或 adapter_model.bin）。</translation>
    </message>
    <message>
        <source>Get the adapter again, with its weights.</source>
        <translation>请重新获取包含权重的适配器。</translation>
    </message>
    <message>
        <source>Open the adapter again and choose the folder of its base model.</source>
        <translation>请重新打开适配器，并选择其基座模型的文件夹。</translation>
    </message>
    <message>
        <source>A GGUF file cannot hold a model of the architecture %1: llama.cpp does not compute %2.</source>
        <translation>GGUF 文件无法存放架构为 %1 的这个模型，llama.cpp 不支持：%2。</translation>
    </message>
    <message>
        <source>Use the model as it is, in the Hugging Face layout.</source>
        <translation>请直接使用 Hugging Face 格式的模型。</translation>
    </message>
    <message>
        <source>A GGUF file cannot hold the tokenizer %1: llama.cpp does not know %2.</source>
        <translation>GGUF 文件无法存放分词器 %1，llama.cpp 不支持：%2。</translation>
    </message>
    <message>
        <source>The tensor %1 has a number that is too large for %2.</source>
        <translation>张量 %1 中有 %2 容纳不下的数值。</translation>
    </message>
    <message>
        <source>Choose F32 or BF16.</source>
        <translation>请选择 F32 或 BF16。</translation>
    </message>
    <message>
        <source>The tensor %1 has a number that is not finite.</source>
        <translation>张量 %1 中有不是有限值的数值。</translation>
    </message>
    <message>
        <source>Choose a model whose training did not diverge.</source>
        <translation>请选择训练没有发散的模型。</translation>
    </message>
    <message>
        <source>%1 is there already and is no GGUF file.</source>
        <translation>%1 已经存在，而且不是 GGUF 文件。</translation>
    </message>
    <message>
        <source>Choose another name, or remove the file.</source>
        <translation>请换一个名称，或移除那个文件。</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已经存在。</translation>
    </message>
    <message>
        <source>Choose a folder that is not there yet.</source>
        <translation>请选择尚不存在的文件夹。</translation>
    </message>
    <message>
        <source>%1 needs about %2, but %3 are free there.</source>
        <translation>%1 约需 %2，但该处只剩 %3 可用。</translation>
    </message>
    <message>
        <source>Make room there, or choose another disk.</source>
        <translation>请在该处腾出空间，或选择另一个磁盘。</translation>
    </message>
    <message>
        <source>%1 is there already, and is not a download of this program.</source>
        <translation>%1 已经存在，而且不是本程序下载的。</translation>
    </message>
    <message>
        <source>Choose another folder to download into, or move this one away.</source>
        <translation>请选择另一个下载文件夹，或把这个移到别处。</translation>
    </message>
    <message>
        <source>%1 holds a download of %2.</source>
        <translation>%1 中是 %2 的下载内容。</translation>
    </message>
    <message>
        <source>Choose another folder to download into, or remove this one.</source>
        <translation>请选择另一个下载文件夹，或移除这个。</translation>
    </message>
    <message>
        <source>%1 is a file, not a folder.</source>
        <translation>%1 是文件，不是文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder to download into.</source>
        <translation>请选择下载用的文件夹。</translation>
    </message>
    <message>
        <source>Another process is downloading into %1 just now.</source>
        <translation>另一个进程正在下载到 %1。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it; then the download can go on.</source>
        <translation>请等它结束或将它停止，之后就能继续下载。</translation>
    </message>
    <message>
        <source>The address of the hub, %1, is not one such as https://huggingface.co.</source>
        <translation>模型平台的地址 %1 不是像 https://huggingface.co 那样的地址。</translation>
    </message>
    <message>
        <source>Correct it; it has no name, password or query.</source>
        <translation>请改正它；地址中不含用户名、密码或查询字符串。</translation>
    </message>
    <message>
        <source>%1 is not the name of a revision.</source>
        <translation>“%1”不是版本的名称。</translation>
    </message>
    <message>
        <source>Give a branch, a tag or a commit, such as main.</source>
        <translation>请输入分支、标签或提交，例如 main。</translation>
    </message>
    <message>
        <source>%1 does not answer as a model hub does.</source>
        <translation>%1 的答复不像模型平台。</translation>
    </message>
    <message>
        <source>Check the address of the hub.</source>
        <translation>请检查模型平台的地址。</translation>
    </message>
    <message>
        <source>What %1 holds is no access token.</source>
        <translation>%1 中的内容不是访问令牌。</translation>
    </message>
    <message>
        <source>Correct it, or remove it to go on without a token.</source>
        <translation>请改正它，或移除它以便不用令牌继续。</translation>
    </message>
    <message>
        <source>There is no model %1 on the hub.</source>
        <translation>模型平台上没有模型 %1。</translation>
    </message>
    <message>
        <source>Check the name and the revision; a private model needs a token.</source>
        <translation>请检查名称和版本；私有模型需要令牌。</translation>
    </message>
    <message>
        <source>The model %2 has no revision %1.</source>
        <translation>模型 %2 没有版本“%1”。</translation>
    </message>
    <message>
        <source>Give a branch, a tag or a commit of it.</source>
        <translation>请输入它的分支、标签或提交。</translation>
    </message>
    <message>
        <source>There is no file %1 in the model %2, though it is listed.</source>
        <translation>模型 %2 中没有文件 %1，尽管列表中有它。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, the hub, or the mirror, is not whole.</source>
        <translation>请再试一次；如果仍然如此，说明模型平台或镜像站不完整。</translation>
    </message>
    <message>
        <source>%1 has had too many requests.</source>
        <translation>%1 收到的请求过多。</translation>
    </message>
    <message>
        <source>Try again later; what has arrived is kept.</source>
        <translation>请稍后再试；已下载的内容会保留。</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>无法连接到 %1。</translation>
    </message>
    <message>
        <source>Check the network, the proxy settings and the address of the hub.</source>
        <translation>请检查网络、代理设置和模型平台的地址。</translation>
    </message>
    <message>
        <source>The certificate of %1, or of where it leads, does not hold.</source>
        <translation>%1 或它跳转之处的证书无效。</translation>
    </message>
    <message>
        <source>Check the clock of this machine and its package ca-certificates.</source>
        <translation>请检查这台电脑的时钟和 ca-certificates 软件包。</translation>
    </message>
    <message>
        <source>The model %1 is gated: its owner wants its terms accepted first.</source>
        <translation>模型 %1 需先申请：所有者要求先接受其条款。</translation>
    </message>
    <message>
        <source>Accept them at %2, and set a token of the same account.</source>
        <translation>请在 %2 接受条款，并设置同一账号的令牌。</translation>
    </message>
    <message>
        <source>The model of the run %2 is not whole. Missing: %1.</source>
        <translation>运行记录 %2 的模型不完整。缺少：%1。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or train again with the same settings.</source>
        <translation>请从备份放回原处，或用相同的设置重新训练。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or resume the run, which saves its model anew.</source>
        <translation>请从备份放回原处，或继续训练，模型会重新保存。</translation>
    </message>
    <message>
        <source>The base model of the adapter in %1 is not there: %2.</source>
        <translation>找不到 %1 中的适配器的基座模型：%2。</translation>
    </message>
    <message>
        <source>The adapter in %1 does not say which base model it was made for.</source>
        <translation>%1 中的适配器没有说明它是为哪个基座模型制作的。</translation>
    </message>
    <message>
        <source>Choose a model without it.</source>
        <translation>请选择没有用到它的模型。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or export the run&apos;s adapter, merged into its base model.</source>
        <translation>请从备份放回原处，或将该运行的适配器合并到基座模型后导出。</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity in the tensor %2.</source>
        <translation>%1 的张量 %2 含有 NaN 或无穷大。</translation>
    </message>
    <message>
        <source>Get the adapter again, or train it again with a lower learning rate.</source>
        <translation>请重新获取适配器，或以较低的学习率重新训练。</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>How</source>
        <translation>训练方法</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>训练方式</translation>
    </message>
    <message>
        <source>full</source>
        <translation>全参数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>训练周期（epoch）</translation>
    </message>
    <message>
        <source>Passes over the train rows; not used when a number of steps is set.</source>
        <translation>遍历训练集的次数；设定步数后不起作用。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Size of one step at its peak; too high shows as spikes in the loss.</source>
        <translation>峰值时每一步的更新幅度；过大时损失会出现尖峰。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Rows in one micro-batch; fewer rows need less memory.</source>
        <translation>一个微批次的行数；行数越少，所需内存越少。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Micro-batches added up for one step; rows per step = batch × accumulation.</source>
        <translation>每一步累加的微批次数；每步行数 = 批次 × 累积。</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation>截断长度</translation>
    </message>
    <message>
        <source>Tokens a row may have; longer rows are cut and counted.</source>
        <translation>每行最多的词元数；更长的行会被截断并计数。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>What</source>
        <translation>训练内容</translation>
    </message>
    <message>
        <source>Train on the prompt</source>
        <translation>也训练提示词</translation>
    </message>
    <message>
        <source>Learn the prompt&apos;s tokens too, not only the response&apos;s.</source>
        <translation>除回答的词元外，也学习提示词的词元。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率调度</translation>
    </message>
    <message>
        <source>How the learning rate changes after the warm-up.</source>
        <translation>预热之后学习率如何变化。</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>恒定</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0 to its peak.</source>
        <translation>学习率从 0 升到峰值所用步数占总步数的比例。</translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>Where a linear or cosine schedule ends, as a share of the peak.</source>
        <translation>线性或余弦调度结束时的学习率，以峰值的比例表示。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Pulls weights towards 0, apart from the gradient; none on norms and biases.</source>
        <translation>在梯度之外把权重拉向 0；不作用于归一化层和偏置。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How long AdamW remembers gradients.</source>
        <translation>AdamW 对梯度的记忆时长。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How long AdamW remembers squared gradients.</source>
        <translation>AdamW 对梯度平方的记忆时长。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Keeps AdamW from dividing by 0.</source>
        <translation>防止 AdamW 除以 0。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Longest gradient that is used whole; 0 turns clipping off.</source>
        <translation>梯度范数不超过此值时保持不变；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止与保存</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stop after so many steps; 0 goes by epochs.</source>
        <translation>达到此步数后停止；0 表示按训练周期计算。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>On the validation rows; 0 means about ten times a run.</source>
        <translation>在验证集上评估；0 表示一次训练约评估十次。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed and settings give the same run on a CPU.</source>
        <translation>在 CPU 上，相同的随机种子和设置会得到相同的训练结果。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the run is computed; auto takes a GPU when there is one.</source>
        <translation>在哪里进行计算；auto 表示有 GPU 就用 GPU。</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>cpu</source>
        <translation>cpu</translation>
    </message>
    <message>
        <source>cuda</source>
        <translation>cuda</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精度</translation>
    </message>
    <message>
        <source>Number format of the computation; auto chooses by device.</source>
        <translation>计算所用的数值格式；“自动”表示按设备选择。</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>float16</source>
        <translation>float16</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>CPU threads; 0 means all that the program may use.</source>
        <translation>CPU 线程数；0 表示使用程序可用的全部线程。</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>最长回答</translation>
    </message>
    <message>
        <source>Generation stops here at the latest.</source>
        <translation>生成最迟到此长度停止。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>0 always takes the likeliest token; higher is more varied.</source>
        <translation>0 表示总是选取概率最高的词元；越高越多样。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Choose among the k likeliest tokens; 0 turns it off.</source>
        <translation>在概率最高的 k 个词元中选取；0 表示关闭。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Choose among the likeliest tokens that together have this probability; 1 turns it off.</source>
        <translation>在累计概率达到此值的最高概率词元中选取；1 表示关闭。</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Above 1 makes tokens that already occurred less likely; 1 turns it off.</source>
        <translation>大于 1 时，已出现过的词元更不容易再次出现；1 表示关闭。</translation>
    </message>
    <message>
        <source>The same seed gives the same answer.</source>
        <translation>相同的随机种子得到相同的回答。</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Tokens that the tokenizer knows.</source>
        <translation>分词器包含的词元数。</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Width of the model; the heads must divide it.</source>
        <translation>模型宽度；必须能被注意力头数整除。</translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation>前馈维度</translation>
    </message>
    <message>
        <source>Width inside each feed-forward block.</source>
        <translation>每个前馈模块内部的宽度。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Decoder blocks, one after the other.</source>
        <translation>依次堆叠的解码器模块数。</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Query heads in each layer.</source>
        <translation>每层的查询头数。</translation>
    </message>
    <message>
        <source>Key–value heads</source>
        <translation>键值头数</translation>
    </message>
    <message>
        <source>Heads of keys and values; must divide the attention heads.</source>
        <translation>键和值的头数；必须能整除注意力头数。</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Longest text that the model is made for.</source>
        <translation>模型支持的最长文本。</translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation>旋转位置基数</translation>
    </message>
    <message>
        <source>Base of the rotary position angles.</source>
        <translation>旋转位置编码角度的基数。</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>归一化 epsilon</translation>
    </message>
    <message>
        <source>Keeps the norm from dividing by 0.</source>
        <translation>防止归一化时除以 0。</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共享嵌入</translation>
    </message>
    <message>
        <source>The output layer shares the embedding&apos;s weights.</source>
        <translation>输出层与嵌入层共用权重。</translation>
    </message>
    <message>
        <source>Initial spread</source>
        <translation>初始标准差</translation>
    </message>
    <message>
        <source>Standard deviation of the first random weights.</source>
        <translation>随机初始化权重的标准差。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>From a checkpoint a run that was stopped or killed goes on; 0 means every five minutes.</source>
        <translation>停止或被强制结束的运行可从检查点继续；0 表示每五分钟一次。</translation>
    </message>
    <message>
        <source>Full fine-tuning changes all weights; LoRA trains small adapters beside them.</source>
        <translation>全参数微调会更新所有权重；LoRA 只训练旁边的小型适配器。</translation>
    </message>
    <message>
        <source>lora</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>LoRA rank</source>
        <translation>LoRA 秩</translation>
    </message>
    <message>
        <source>Width of the adapters; a higher rank learns more and needs more memory.</source>
        <translation>适配器的宽度；秩越高学得越多，占用内存也越多。</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA alpha</translation>
    </message>
    <message>
        <source>Strength of the adapters: their output is multiplied by alpha / rank.</source>
        <translation>适配器的强度：输出会乘以 alpha ÷ 秩。</translation>
    </message>
    <message>
        <source>Rank-stabilized LoRA</source>
        <translation>秩稳定 LoRA</translation>
    </message>
    <message>
        <source>Multiply by alpha / √rank instead, so that high ranks learn as fast as low ones (rsLoRA).</source>
        <translation>改乘以 alpha / √rank，让高秩学得和低秩一样快（rsLoRA）。</translation>
    </message>
    <message>
        <source>LoRA dropout</source>
        <translation>LoRA dropout</translation>
    </message>
    <message>
        <source>Share of an adapter&apos;s input that is left out at random in each step.</source>
        <translation>每一步随机忽略适配器输入的比例。</translation>
    </message>
    <message>
        <source>LoRA targets</source>
        <translation>LoRA 目标</translation>
    </message>
    <message>
        <source>Which projections get an adapter: all, attention, mlp, or names with commas.</source>
        <translation>哪些投影层加上适配器：all、attention、mlp，或用逗号分隔的名称。</translation>
    </message>
    <message>
        <source>Frozen weights</source>
        <translation>冻结的权重</translation>
    </message>
    <message>
        <source>Names of weights that stay as they are, with *, ? and [0-3], parted by commas.</source>
        <translation>保持不变的权重名称，可用 *、? 和 [0-3]，用逗号分隔。</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>数据混合</translation>
    </message>
    <message>
        <source>How often the rows of a source come in one epoch: source=weight, parted by commas; others come once.</source>
        <translation>各来源的行在一个周期中出现几次：来源=权重，用逗号分隔；其余出现一次。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>Share of each label that is spread over all words; 0 turns it off.</source>
        <translation>每个标签分散到整个词表的比例；0 表示关闭。</translation>
    </message>
    <message>
        <source>NEFTune noise</source>
        <translation>NEFTune 噪声</translation>
    </message>
    <message>
        <source>Noise on the embeddings while training, often 5; 0 turns it off.</source>
        <translation>训练时加在嵌入上的噪声，常用 5；0 表示关闭。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>adamw8bit keeps its moments in 8 bits; SGD keeps only a momentum.</source>
        <translation>adamw8bit 用 8 位保存矩；SGD 只保存动量。</translation>
    </message>
    <message>
        <source>adamw</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>adamw8bit</source>
        <translation>AdamW（8 位）</translation>
    </message>
    <message>
        <source>sgd</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How long SGD remembers gradients; 0 turns it off.</source>
        <translation>SGD 记住梯度的时间；0 表示关闭。</translation>
    </message>
    <message>
        <source>Token budget</source>
        <translation>词元预算</translation>
    </message>
    <message>
        <source>Most tokens computed at once: a batch above it is done in parts, with the same result; 0 means no limit.</source>
        <translation>一次最多计算的词元数；超过的批次会分段计算，结果相同；0 表示不限。</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>梯度检查点</translation>
    </message>
    <message>
        <source>Computes blocks again in the backward pass: less memory, about a quarter more time.</source>
        <translation>反向传播时重新计算各层：内存更少，时间约多四分之一。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps of the warm-up instead of a share; 0 goes by the share.</source>
        <translation>用步数而不是比例设定预热；0 表示按比例。</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>保留最佳</translation>
    </message>
    <message>
        <source>Saves the model of the lowest evaluation loss instead of the last.</source>
        <translation>保存评估损失最低的模型，而不是最后的模型。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心值</translation>
    </message>
    <message>
        <source>Stops after so many evaluations without a lower loss; 0 never does.</source>
        <translation>连续几次评估损失未降低便停止；0 表示不停止。</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>次评估</translation>
    </message>
    <message>
        <source>Sample every</source>
        <translation>采样间隔</translation>
    </message>
    <message>
        <source>Answers a few fixed prompts as it learns; 0 does not.</source>
        <translation>训练途中回答几个固定的提示词；0 表示不回答。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点数</translation>
    </message>
    <message>
        <source>The newest ones; older ones are removed.</source>
        <translation>保留最新的；较旧的会删除。</translation>
    </message>
    <message>
        <source>only with LoRA</source>
        <translation>仅在使用 LoRA 时有效</translation>
    </message>
    <message>
        <source>only when all weights can be trained</source>
        <translation>仅在可训练全部权重时有效</translation>
    </message>
    <message>
        <source>only when Steps is 0</source>
        <translation>仅在“步数”为 0 时有效</translation>
    </message>
    <message>
        <source>only when Warm-up steps is 0</source>
        <translation>仅在“预热步数”为 0 时有效</translation>
    </message>
    <message>
        <source>only with a schedule that falls</source>
        <translation>仅在学习率会下降的调度中有效</translation>
    </message>
    <message>
        <source>only with SGD</source>
        <translation>仅在使用 SGD 时有效</translation>
    </message>
    <message>
        <source>only with AdamW</source>
        <translation>仅在使用 AdamW 时有效</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>two sentences</comment>
        <translation>%1%2</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>In the project</source>
        <translation>项目内</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>%1, alpha %2 (rsLoRA)</source>
        <translation>%1，alpha %2（rsLoRA）</translation>
    </message>
    <message>
        <source>%1, alpha %2</source>
        <translation>%1，alpha %2</translation>
    </message>
    <message>
        <source>Embedded base model</source>
        <translation>内嵌的基座模型</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>足够</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Answering</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2, %3 of %4</source>
        <translation>%1：%2，%4 中的 %3</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>gradients %1</source>
        <translation>梯度 %1</translation>
    </message>
    <message>
        <source>optimiser %1</source>
        <translation>优化器 %1</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批次 %1</translation>
    </message>
    <message>
        <source>program %1</source>
        <translation>程序 %1</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用 %1。</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未注明</translation>
    </message>
    <message>
        <source>see %1</source>
        <translation>见 %1</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>F16: half the size of F32</source>
        <translation>F16：大小为 F32 的一半</translation>
    </message>
    <message>
        <source>BF16: half the size, with the range of F32</source>
        <translation>BF16：大小减半，范围与 F32 相同</translation>
    </message>
    <message>
        <source>Q8_0: 8 bits, about a quarter of F32</source>
        <translation>Q8_0：8 位，约为 F32 的四分之一</translation>
    </message>
    <message>
        <source>F32: exact, the largest</source>
        <translation>F32：精确，文件最大</translation>
    </message>
    <message>
        <source>An adapter is no base. Train its base model, or a model that it is merged into: a run keeps one, Export writes one.</source>
        <translation>适配器不是基座模型。请训练它的基座模型，或已合并它的模型：运行记录会保留一个，也可以用“导出”生成。</translation>
    </message>
    <message>
        <source>%1; others in some modules</source>
        <translation>%1；部分模块另有设置</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>Quick look</source>
        <translation>快速试跑</translation>
    </message>
    <message>
        <source>A minute or so on any machine: does the loss fall, do the answers change?</source>
        <translation>在任何机器上约一分钟：看看损失是否下降、回答是否改变。</translation>
    </message>
    <message>
        <source>Small model, all weights</source>
        <translation>小模型，全部权重</translation>
    </message>
    <message>
        <source>Full fine-tuning of a model of up to some hundred million weights; keeps the best.</source>
        <translation>对数亿权重以内的模型做全参数微调，并保留最佳的模型。</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Small adapters beside a model that stays as it is: less memory, and little is forgotten.</source>
        <translation>模型本身不变，只在旁边训练小型适配器：占用内存更少，也不易遗忘。</translation>
    </message>
    <message>
        <source>Domain text</source>
        <translation>领域文本</translation>
    </message>
    <message>
        <source>Learns the words of a field, prompts as well as responses, gently and in long rows.</source>
        <translation>以较长的行温和地学习某个领域的用语，提示词和回答都学。</translation>
    </message>
</context>
<context>
    <name>RecordWords</name>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>None</source>
        <comment>not in any split</comment>
        <translation>无</translation>
    </message>
    <message>
        <source>Written by people</source>
        <translation>人工编写</translation>
    </message>
    <message>
        <source>Generated by a model</source>
        <translation>模型生成</translation>
    </message>
    <message>
        <source>Edited here</source>
        <translation>在此编辑过</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Files of the folder that are not read, being neither .json nor .jsonl: %1.</source>
        <translation>文件夹中未读取的文件（既非 .json 也非 .jsonl）：%1 个。</translation>
    </message>
    <message>
        <source>Folders within the folder, which are not looked into: %1.</source>
        <translation>文件夹中的子文件夹不会读取：%1 个。</translation>
    </message>
    <message>
        <source>The row has no instruction.</source>
        <translation>该行没有指令。</translation>
    </message>
    <message>
        <source>The row has no output: there is nothing to learn.</source>
        <translation>该行没有 output 字段：没有可学习的内容。</translation>
    </message>
    <message>
        <source>The field %1 is not a text.</source>
        <translation>字段 %1 不是文本。</translation>
    </message>
    <message>
        <source>All fields of the row are empty.</source>
        <translation>该行的所有字段都为空。</translation>
    </message>
    <message>
        <source>The line is not JSON, or is cut.</source>
        <translation>该行不是 JSON，或不完整。</translation>
    </message>
    <message>
        <source>The line is not UTF-8 text.</source>
        <translation>该行不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The row is nested too deeply.</source>
        <translation>该行嵌套过深。</translation>
    </message>
    <message>
        <source>The row holds one half of a character.</source>
        <translation>该行含有不完整的半个字符。</translation>
    </message>
    <message>
        <source>The row is of another format, which this version does not read.</source>
        <translation>该行是另一种格式，此版本不支持读取。</translation>
    </message>
    <message>
        <source>The file is named .json but holds one record a line; it was read as JSONL.</source>
        <translation>文件扩展名为 .json，但每行是一条记录；已按 JSONL 读取。</translation>
    </message>
    <message>
        <source>The file is named .jsonl but holds one JSON array; it was read as that.</source>
        <translation>文件扩展名为 .jsonl，但内容是一个 JSON 数组；已按数组读取。</translation>
    </message>
    <message>
        <source>Rows that are equal to an earlier one in instruction, input and output: %1. All were kept.</source>
        <translation>指令、输入和输出均与前面某行相同的行：%1。已全部保留。</translation>
    </message>
    <message>
        <source>The file is UTF-16 and was converted to UTF-8.</source>
        <translation>文件为 UTF-16，已转换为 UTF-8。</translation>
    </message>
    <message>
        <source>The records were read from a list inside the file&apos;s object.</source>
        <translation>记录读自文件对象中的一个列表。</translation>
    </message>
    <message>
        <source>Rows with input null, read as no input: %1.</source>
        <translation>input 为 null、按无输入读取的行：%1。</translation>
    </message>
    <message>
        <source>Rows with an empty instruction, whose input alone is the question: %1.</source>
        <translation>指令为空、仅以输入作为问题的行：%1。</translation>
    </message>
    <message>
        <source>Rows with a number too large to keep exactly, kept as text: %1.</source>
        <translation>含有过大而无法精确保存的数值、已存为文本的行：%1。</translation>
    </message>
    <message>
        <source>Rows with a key given twice, of which the last value was taken: %1.</source>
        <translation>同一个键出现两次、已取最后一个值的行：%1。</translation>
    </message>
    <message>
        <source>Other fields, kept with the rows and exported again, but not used by training: %1.</source>
        <translation>其他字段，随行保留并再次导出，但不用于训练：%1。</translation>
    </message>
    <message>
        <source>No row is in validation: %1 train rows are kept aside for it</source>
        <translation>验证集中没有行：从训练集留出 %1 行用于验证</translation>
    </message>
    <message>
        <source>%1 rows are longer than %2 tokens and lose their end</source>
        <translation>%1 行超过 %2 个词元，结尾会丢失</translation>
    </message>
    <message>
        <source>%1 rows have no response left within %2 tokens and are left out</source>
        <translation>%1 行在 %2 个词元内没有回答，不参与训练</translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation>模型已保存</translation>
    </message>
    <message>
        <source>%1 is outside %2 to %3.</source>
        <translation>%1 不在 %2 到 %3 的范围内。</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>这不是数值。</translation>
    </message>
    <message>
        <source>%1 is not one of the choices.</source>
        <translation>%1 不在可选项之中。</translation>
    </message>
    <message>
        <source>%1 is not auto, cpu, cuda or cuda:0, cuda:1 and so on.</source>
        <translation>%1 不是 auto、cpu、cuda 或 cuda:0、cuda:1 等。</translation>
    </message>
    <message>
        <source>%1 is above beta 2 (%2); AdamW is unstable then.</source>
        <translation>%1 大于 beta 2（%2），此时 AdamW 不稳定。</translation>
    </message>
    <message>
        <source>An empty stop text would end every answer at once.</source>
        <translation>空的停止文本会使每个回答立即结束。</translation>
    </message>
    <message>
        <source>The heads do not divide the hidden size.</source>
        <translation>隐藏维度不能被注意力头数整除。</translation>
    </message>
    <message>
        <source>The key–value heads do not divide the attention heads.</source>
        <translation>注意力头数不能被键值头数整除。</translation>
    </message>
    <message>
        <source>There is no setting of this name.</source>
        <translation>没有这个名称的设置。</translation>
    </message>
    <message>
        <source>The cutoff is %1 tokens, not %2: the model&apos;s context ends there</source>
        <translation>截断长度为 %1 个词元，而不是 %2：模型的上下文到此为止</translation>
    </message>
    <message>
        <source>%1 is too long: the base model holds at most %2 tokens.</source>
        <translation>%1 太长：基座模型最多容纳 %2 个词元。</translation>
    </message>
    <message>
        <source>%1 validation rows are longer than %2 tokens; their end is not measured</source>
        <translation>%1 行验证数据超过 %2 个词元，结尾不计入评估</translation>
    </message>
    <message>
        <source>%1 validation rows have no response within %2 tokens and are not measured</source>
        <translation>%1 行验证数据在 %2 个词元内没有回答，不计入评估</translation>
    </message>
    <message>
        <source>An older checkpoint is taken: %1</source>
        <translation>改用较早的检查点：%1</translation>
    </message>
    <message>
        <source>The run goes on from step %1</source>
        <translation>运行从第 %1 步继续</translation>
    </message>
    <message>
        <source>No checkpoint was saved: %1</source>
        <translation>未能保存检查点：%1</translation>
    </message>
    <message>
        <source>No validation rows: the best model cannot be told, the last is kept</source>
        <translation>没有验证数据：无法判断最佳模型，保留最后的模型</translation>
    </message>
    <message>
        <source>%1 evaluations without a lower loss: the run ends here</source>
        <translation>连续 %1 次评估损失未降低：训练到此结束</translation>
    </message>
    <message>
        <source>The model of step %1 is kept: evaluation loss %2</source>
        <translation>保留第 %1 步的模型：评估损失 %2</translation>
    </message>
    <message>
        <source>No train row comes from %1</source>
        <translation>没有训练行来自 %1</translation>
    </message>
    <message>
        <source>Paused after step %1</source>
        <translation>已在第 %1 步后暂停</translation>
    </message>
    <message>
        <source>Training goes on</source>
        <translation>训练继续</translation>
    </message>
    <message>
        <source>From step %1 on the peak learning rate is %2</source>
        <translation>从第 %1 步起，最高学习率为 %2</translation>
    </message>
    <message>
        <source>No step was made yet with the peak learning rate %1</source>
        <translation>尚未以最高学习率 %1 训练任何一步</translation>
    </message>
    <message>
        <source>%1 is not all, attention, mlp, or the name of a projection.</source>
        <translation>%1 不是 all、attention、mlp，也不是投影层的名称。</translation>
    </message>
    <message>
        <source>The brackets of %1 must hold a number or a range such as [0-3].</source>
        <translation>%1 的方括号内须为数字或范围，例如 [0-3]。</translation>
    </message>
    <message>
        <source>LoRA leaves all weights as they are; clear the patterns.</source>
        <translation>LoRA 不会改动任何权重；请清除这些名称。</translation>
    </message>
    <message>
        <source>%1 is not source=weight with a weight of 0 to 1000, each source once.</source>
        <translation>%1 不是“来源=权重”；权重须为 0 到 1000，每个来源一次。</translation>
    </message>
    <message>
        <source>Only %1 free on the disk: the next checkpoint and the model need %2</source>
        <translation>磁盘只剩 %1：下一个检查点和模型需要 %2</translation>
    </message>
    <message>
        <source>The disk is full: figures are written when there is room again</source>
        <translation>磁盘已满：待有空间时再写入数据</translation>
    </message>
    <message>
        <source>The end of the run was not written to its folder: %1</source>
        <translation>未能将运行的结束状态写入其文件夹：%1</translation>
    </message>
    <message>
        <source>The best weights cannot be kept, the last ones count: %1</source>
        <translation>无法保留最佳权重，改用最后的权重：%1</translation>
    </message>
    <message>
        <source>A prompt was not answered: %1</source>
        <translation>有一个提示词未能回答：%1</translation>
    </message>
    <message>
        <source>The evaluation loss is %1 and was %2 before: lower the learning rate</source>
        <translation>评估损失为 %1，训练前是 %2：请降低学习率</translation>
    </message>
    <message>
        <source>Not handed over: no checkpoint could be saved; the training goes on</source>
        <translation>未移交：无法保存检查点，训练继续进行</translation>
    </message>
    <message>
        <source>What was learned is kept: a discard was asked for as well</source>
        <translation>学到的内容已保留：另有人要求放弃</translation>
    </message>
    <message>
        <source>Frozen weights: %1 are computed together; freeze all or none.</source>
        <translation>冻结的权重：%1 会一起计算，须全部冻结或全部不冻结。</translation>
    </message>
    <message>
        <source>Frozen weights: no weight of this model fits %1.</source>
        <translation>冻结的权重：此模型没有权重符合 %1。</translation>
    </message>
    <message>
        <source>Frozen weights: every weight of the model would be frozen.</source>
        <translation>冻结的权重：模型的所有权重都会被冻结。</translation>
    </message>
    <message>
        <source>float16 is not available on the CPU.</source>
        <translation>CPU 无法使用 float16。</translation>
    </message>
    <message>
        <source>Torn lines of metrics.jsonl were dropped: %1</source>
        <translation>已丢弃 metrics.jsonl 中写坏的行：%1</translation>
    </message>
    <message>
        <source>The chat template is the prompt template %1, with which the model was fine-tuned.</source>
        <translation>对话模板就是微调该模型时所用的提示模板 %1。</translation>
    </message>
    <message>
        <source>The file has no chat template, because the one in %1 cannot be read.</source>
        <translation>文件中没有对话模板，因为 %1 中的对话模板无法读取。</translation>
    </message>
    <message>
        <source>The model&apos;s attention reaches back %1 tokens, which llama.cpp does not keep to for it; the file says a context of %1 tokens instead of %2, within which both are the same.</source>
        <translation>该模型的注意力只往回看 %1 个词元，llama.cpp 对这类模型不遵守这个范围；因此文件注明的上下文是 %1 个词元而不是 %2 个，在此范围内两者的结果相同。</translation>
    </message>
    <message>
        <source>The model has the exact GELU; llama.cpp computes its tanh form, which differs by up to 0.0005.</source>
        <translation>该模型使用精确的 GELU；llama.cpp 用 tanh 近似式计算，差异最多 0.0005。</translation>
    </message>
    <message>
        <source>Q8_0 takes rows in groups of 32 numbers; matrices whose rows are no whole groups are F16: %1.</source>
        <translation>Q8_0 将每行数值按 32 个一组存储；行长不是 32 倍数的矩阵改存为 F16：%1 个。</translation>
    </message>
    <message>
        <source>The tokenizer composes characters (NFC), which llama.cpp does not do; texts with decomposed accents are tokenised otherwise.</source>
        <translation>分词器会组合字符（NFC），llama.cpp 不会；含有分解形式重音符号的文本，切分结果会不同。</translation>
    </message>
    <message>
        <source>The tokenizer rewrites characters (%1), which llama.cpp does not do; texts with such characters are tokenised otherwise.</source>
        <translation>分词器会改写字符（%1），llama.cpp 不会；含有这类字符的文本，切分结果会不同。</translation>
    </message>
    <message>
        <source>The tokenizer drops spaces at the ends of a text and repeated ones, which llama.cpp does not do; such texts are tokenised otherwise.</source>
        <translation>分词器会去掉文本首尾和重复的空格，llama.cpp 不会；这类文本的切分结果会不同。</translation>
    </message>
    <message>
        <source>The tokenizer has no tokens for single bytes; llama.cpp fails at a character that it does not know.</source>
        <translation>分词器没有单字节词元；llama.cpp 遇到不认识的字符会失败。</translation>
    </message>
    <message>
        <source>After the token %1 llama.cpp puts a space that the tokenizer does not.</source>
        <translation>llama.cpp 会在词元“%1”之后加一个空格，分词器不会。</translation>
    </message>
    <message>
        <source>The adapter was made for %1; it is used with %2.</source>
        <translation>此适配器是为 %1 制作的，现在与 %2 一起使用。</translation>
    </message>
    <message>
        <source>Tensors that hold NaN or infinity: %1, the first of them %2; the model&apos;s answers will be of no use.</source>
        <translation>含有 NaN 或无穷大的张量：%1 个，第一个是 %2；模型的回答将没有用处。</translation>
    </message>
    <message>
        <source>The chat template leaves out the instructions of the rows, or changes them</source>
        <translation>对话模板没有纳入各行的指令，或改动了它们</translation>
    </message>
    <message>
        <source>The tokenizer in %1 was copied as it is, but cannot be used; copy its files there again from where the model came from.</source>
        <translation>%1 中的分词器已原样复制，但无法使用；请从模型的来源重新复制其文件到该处。</translation>
    </message>
    <message>
        <source>The adapter was trained beside other weights than those that are now in %1.</source>
        <translation>此适配器训练时搭配的权重，与 %1 里现在的权重不同。</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>%1 %2</source>
        <comment>a setting and its value: seed 42</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The loss was no longer a finite number after step %1.</source>
        <translation>第 %1 步之后，损失不再是有限数值。</translation>
    </message>
    <message>
        <source>The loss was no longer a finite number from its first step on.</source>
        <translation>从第一步起，损失就不是有限数值。</translation>
    </message>
    <message>
        <source>Its process has ended before its first step, without a word.</source>
        <translation>其进程在第一步之前就已结束，没有留下说明。</translation>
    </message>
    <message>
        <source>Stopped before its first step; nothing was learned.</source>
        <translation>已在第一步之前停止；什么都还没学到。</translation>
    </message>
    <message>
        <source>It ended before its first step.</source>
        <translation>在第一步之前就结束了。</translation>
    </message>
    <message>
        <source>It has made no step yet.</source>
        <translation>还没有完成任何一步。</translation>
    </message>
    <message>
        <source>Its process has ended at step %1 without a word.</source>
        <translation>其进程在第 %1 步时结束，没有留下说明。</translation>
    </message>
    <message>
        <source>How it ended is told by its other files: its status.json is missing or damaged.</source>
        <translation>如何结束由其他文件得知：status.json 缺失或已损坏。</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>From random weights</source>
        <translation>从随机权重开始</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>LoRA r %1</source>
        <comment>the rank of LoRA</comment>
        <translation>LoRA r %1</translation>
    </message>
    <message>
        <source>Today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>Yesterday %1</source>
        <translation>昨天 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>weekday and time</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a list</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>This run is at work. Stop it before it is resumed.</source>
        <translation>该运行仍在训练。请先停止，再继续训练。</translation>
    </message>
    <message>
        <source>This run has done all its steps. Repeat it with changes to train more.</source>
        <translation>该运行已完成全部步数。如需继续训练，请修改后重新运行。</translation>
    </message>
    <message>
        <source>This run left no checkpoint to go on from. Repeat it with changes.</source>
        <translation>该运行没有留下可继续的检查点。请修改后重新运行。</translation>
    </message>
    <message>
        <source>Only a fine-tuning whose run.json can be read can be resumed.</source>
        <translation>只有能读取 run.json 的微调才能继续训练。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>template</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>data snapshot</source>
        <translation>数据快照</translation>
    </message>
    <message>
        <source>train rows</source>
        <translation>训练行数</translation>
    </message>
    <message>
        <source>validation rows</source>
        <translation>验证行数</translation>
    </message>
    <message>
        <source>steps made</source>
        <translation>已完成步数</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>device and precision</source>
        <translation>设备与精度</translation>
    </message>
    <message>
        <source>Same in all: %1.</source>
        <translation>全部相同：%1。</translation>
    </message>
    <message>
        <source>Only then are the losses comparable.</source>
        <translation>只有这样，损失才可以相互比较。</translation>
    </message>
    <message>
        <source>Eval losses are not comparable as they stand; what differs: %1.</source>
        <translation>评估损失不能直接比较；不同之处：%1。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Stopped at step %1; nothing of what it had learned was kept.</source>
        <translation>已在第 %1 步停止；学到的内容均未保留。</translation>
    </message>
    <message>
        <source>Stopped at step %1; only the model that an earlier stop saved was kept.</source>
        <translation>已在第 %1 步停止；只保留之前停止时保存的模型。</translation>
    </message>
    <message>
        <source>This run was discarded: there is nothing to go on from. Repeat it with changes.</source>
        <translation>该运行已放弃，没有可继续的内容。请修改后重新运行。</translation>
    </message>
    <message>
        <source>changes of the learning rate, each with its first step</source>
        <translation>学习率的更改与各自的起始步</translation>
    </message>
    <message>
        <source>Model lost</source>
        <translation>模型丢失</translation>
    </message>
    <message>
        <source>It has finished, but its model is no longer whole. Notes and lineage says what is missing.</source>
        <translation>已完成，但其模型已不完整。“备注与来历”说明缺少什么。</translation>
    </message>
    <message>
        <source>Its model is no longer whole. Notes and lineage says what is missing.</source>
        <translation>其模型已不完整。“备注与来历”说明缺少什么。</translation>
    </message>
</context>
<context>
    <name>StartOptions</name>
    <message>
        <source>error: %1 See --help.</source>
        <translation>错误：%1 参见 --help。</translation>
    </message>
    <message>
        <source>FineTune Studio: prepare data, fine-tune a language model, compare.</source>
        <translation>FineTune Studio：准备数据，微调语言模型，对比结果。</translation>
    </message>
    <message>
        <source>Project folder (NAME.ftproj) to open. Without it: the last one, or the sample.</source>
        <translation>要打开的项目文件夹（名称.ftproj）。不指定时打开上次的项目或示例项目。</translation>
    </message>
    <message>
        <source>Say this and end.</source>
        <translation>显示此帮助并退出。</translation>
    </message>
    <message>
        <source>Say the version and end.</source>
        <translation>显示版本并退出。</translation>
    </message>
    <message>
        <source>Open your copy of the sample project; it is made when there is none.</source>
        <translation>打开你的示例项目副本；没有时会新建一份。</translation>
    </message>
    <message>
        <source>Language of this session: system, en, zh_TW or zh_CN.</source>
        <translation>本次会话的语言：system、en、zh_TW 或 zh_CN。</translation>
    </message>
    <message>
        <source>Theme of this session: system, light or dark.</source>
        <translation>本次会话的主题：system、light 或 dark。</translation>
    </message>
    <message>
        <source>Only one project can be opened.</source>
        <translation>一次只能打开一个项目。</translation>
    </message>
    <message>
        <source>“%1” is not a language of this program (system, en, zh_TW, zh_CN).</source>
        <translation>“%1”不是此程序支持的语言（system、en、zh_TW、zh_CN）。</translation>
    </message>
    <message>
        <source>“%1” is not a theme (system, light, dark).</source>
        <translation>“%1”不是可用的主题（system、light、dark）。</translation>
    </message>
</context>
<context>
    <name>TemplateText</name>
    <message>
        <source>%1 is missing in “With input”.</source>
        <translation>“含输入”中缺少 %1。</translation>
    </message>
    <message>
        <source>%1 is missing in “Without input”.</source>
        <translation>“不含输入”中缺少 %1。</translation>
    </message>
    <message>
        <source>%1 is no field: there are {instruction} and {input}.</source>
        <translation>%1 不是字段：可用的字段有 {instruction} 和 {input}。</translation>
    </message>
    <message>
        <source>%1: did you mean %2?</source>
        <translation>%1：是不是想写 %2？</translation>
    </message>
</context>
<context>
    <name>studio::ui::ActionFinder</name>
    <message>
        <source>Find an action</source>
        <translation>查找操作</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>找到的操作</translation>
    </message>
    <message>
        <source>Name of an action</source>
        <translation>操作名称</translation>
    </message>
</context>
<context>
    <name>studio::ui::ArmPanel</name>
    <message>
        <source>Model of %1</source>
        <translation>%1：所用模型</translation>
    </message>
    <message>
        <source>Answer of %1</source>
        <translation>%1的回答</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>SHA-256 of configuration and weights: %1</source>
        <translation>配置与权重的 SHA-256：%1</translation>
    </message>
    <message>
        <source>none in training</source>
        <translation>训练时未用模板</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>与训练时一致</translation>
    </message>
    <message>
        <source>changed since training</source>
        <translation>训练后有改动</translation>
    </message>
    <message>
        <source>trained with “%1”</source>
        <translation>训练时使用“%1”</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未提问</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Open adapter folder…</source>
        <translation>打开适配器文件夹…</translation>
    </message>
    <message>
        <source>%1 / %2 tokens</source>
        <translation>%1 / %2 个词元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>%1 个/秒</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>longest answer reached</source>
        <translation>达到最长回答</translation>
    </message>
    <message>
        <source>context full</source>
        <translation>上下文已满</translation>
    </message>
    <message>
        <source>stop text</source>
        <translation>遇到停止文本</translation>
    </message>
    <message>
        <source>end token</source>
        <translation>遇到结束词元</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>回答会显示在这里。</translation>
    </message>
    <message>
        <source>A fine-tuned model answers here. There is none yet.</source>
        <translation>微调后模型在这里作答。目前还没有这样的模型。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
</context>
<context>
    <name>studio::ui::BackgroundRun</name>
    <message>
        <source>%1 could not be started. The run can be resumed here.</source>
        <translation>无法启动 %1。可以在此继续训练。</translation>
    </message>
    <message>
        <source>The process in the background ended before it could train. The run can be resumed here.</source>
        <translation>后台进程在开始训练前就结束了。可以在此继续训练。</translation>
    </message>
</context>
<context>
    <name>studio::ui::ComparePage</name>
    <message>
        <source>Next: improve the data</source>
        <translation>下一步：改进数据</translation>
    </message>
    <message>
        <source>Exact match: base %1 of %2 · fine-tuned %3 of %4</source>
        <translation>精确匹配：基座 %1 / %2 · 微调后 %3 / %4</translation>
    </message>
    <message>
        <source>Same prompt, same template, same seed for both</source>
        <translation>两个模型使用相同的提示词、模板和随机种子</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Open an adapter folder</source>
        <translation>打开适配器文件夹</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调后模型</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>第一个模型</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二个模型</translation>
    </message>
    <message>
        <source>Exact match: first %1 of %2 · second %3 of %4</source>
        <translation>精确匹配：第一 %1 / %2 · 第二 %3 / %4</translation>
    </message>
</context>
<context>
    <name>studio::ui::CutoffTableModel</name>
    <message>
        <source>%1 rows lose their end, %2 have nothing left to learn</source>
        <translation>%1 行丢失结尾，%2 行没有可学习的内容</translation>
    </message>
    <message>
        <source>%1 (now)</source>
        <translation>%1（当前）</translation>
    </message>
    <message>
        <source>If cutoff is</source>
        <translation>若截断长度为</translation>
    </message>
    <message>
        <source>Rows cut</source>
        <translation>截断行数</translation>
    </message>
    <message>
        <source>Tokens an epoch</source>
        <translation>每周期词元数</translation>
    </message>
</context>
<context>
    <name>studio::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 accepted</source>
        <translation>已接受 %1</translation>
    </message>
    <message>
        <source>%1 draft</source>
        <translation>草稿 %1</translation>
    </message>
    <message>
        <source>%1 rejected</source>
        <translation>已拒绝 %1</translation>
    </message>
    <message>
        <source>Next: see what the model sees</source>
        <translation>下一步：查看模型看到的内容</translation>
    </message>
    <message>
        <source>no rows yet</source>
        <translation>还没有数据行</translation>
    </message>
    <message>
        <source>no accepted rows yet</source>
        <translation>还没有已接受的行</translation>
    </message>
    <message>
        <source>no test rows set aside</source>
        <translation>没有留出测试集</translation>
    </message>
    <message>
        <source>%1 to train on</source>
        <translation>%1可用于训练</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>划分…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Add row</source>
        <translation>添加行</translation>
    </message>
    <message>
        <source>Add a row (N)</source>
        <translation>添加一行（N）</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>The rows to train on stand here: an instruction, an input where there is one, and the response wanted. Drop a JSON or JSONL file here, or import one.</source>
        <translation>这里列出用于训练的行：指令、可选的输入，以及期望的回答。将 JSON 或 JSONL 文件拖到这里，或者导入文件。</translation>
    </message>
    <message>
        <source>No row matches the filters.</source>
        <translation>没有符合筛选条件的行。</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示全部行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>written here</source>
        <translation>在此编写</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) duplicated. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>已为 %Ln 行创建副本。按 Ctrl+Z 可撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) deleted. Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>已删除 %Ln 行。按 Ctrl+Z 可恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>edit of row %1</source>
        <translation>编辑第 %1 行</translation>
    </message>
    <message numerus="yes">
        <source>edit of %Ln row(s)</source>
        <translation>
            <numerusform>编辑 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>adding %Ln row(s)</source>
        <translation>
            <numerusform>添加 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>duplicating %Ln row(s)</source>
        <translation>
            <numerusform>创建 %Ln 行的副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>deleting %Ln row(s)</source>
        <translation>
            <numerusform>删除 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>import of %Ln row(s)</source>
        <translation>
            <numerusform>导入 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new split of %Ln row(s)</source>
        <translation>
            <numerusform>重新划分 %Ln 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new status of %Ln row(s)</source>
        <translation>
            <numerusform>更改 %Ln 行的状态</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change of %Ln row(s)</source>
        <translation>
            <numerusform>更改 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>撤销：%1（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Nothing to undo (Ctrl+Z)</source>
        <translation>没有可撤销的操作（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo: %1 (Ctrl+Shift+Z)</source>
        <translation>重做：%1（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Nothing to redo (Ctrl+Shift+Z)</source>
        <translation>没有可重做的操作（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>Make a draft</source>
        <translation>改为草稿</translation>
    </message>
    <message>
        <source>To test or back to train</source>
        <translation>移入测试集或移回训练集</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Del</source>
        <comment>key</comment>
        <translation>Del</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) imported. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>已导入 %Ln 行。按 Ctrl+Z 可撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) written to %1.</source>
        <translation>
            <numerusform>已将 %Ln 行写入 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows split anew. Ctrl+Z brings the old split back.</source>
        <translation>已重新划分。按 Ctrl+Z 可恢复原来的划分。</translation>
    </message>
    <message>
        <source>Import rows</source>
        <translation>导入数据行</translation>
    </message>
    <message>
        <source>Rows (*.json *.jsonl)</source>
        <translation>数据行 (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>导出数据行</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>Columns as they were at first</source>
        <translation>恢复最初的列布局</translation>
    </message>
</context>
<context>
    <name>studio::ui::DetailsView</name>
    <message>
        <source>A tag may have 40 characters. Tags are parted by commas.</source>
        <translation>标签最多 40 个字符，用逗号分隔。</translation>
    </message>
    <message>
        <source>It can be resumed.</source>
        <translation>可以继续训练。</translation>
    </message>
    <message>
        <source>%1 before, %2 last, best %3 at step %4</source>
        <translation>训练前 %1，最后 %2，最佳 %3（第 %4 步）</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>No run is chosen.</source>
        <translation>尚未选择运行。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 train and %2 validation rows</source>
        <translation>训练 %1 行、验证 %2 行</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>评估损失</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Base of</source>
        <translation>衍生出</translation>
    </message>
    <message>
        <source>Base weights</source>
        <translation>基座权重</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Data snapshot</source>
        <translation>数据快照</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>parted by commas</source>
        <translation>用逗号分隔</translation>
    </message>
    <message>
        <source>What was this run to show, and did it?</source>
        <translation>这次训练想验证什么？结果如何？</translation>
    </message>
    <message>
        <source>Curves, train loss and best evaluation are of what is left.</source>
        <translation>曲线、训练损失和最佳评估只依据剩下的部分。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of metrics.jsonl cannot be read.</source>
        <translation>
            <numerusform>metrics.jsonl 有 %Ln 行无法读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>metrics.jsonl ends %Ln step(s) before the run did.</source>
        <translation>
            <numerusform>metrics.jsonl 缺少运行最后的 %Ln 步。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::DialogFrame</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>studio::ui::DownloadDialog</name>
    <message>
        <source>Where the model is to go</source>
        <translation>模型的存放位置</translation>
    </message>
    <message>
        <source>“%1” is neither a model nor the page of one. Write it as ORGANISATION/NAME, as it stands at the head of its page, or paste the page&apos;s address.</source>
        <translation>“%1”不是模型，也不是模型的页面。请按页面顶端的写法输入 ORGANISATION/NAME，或粘贴页面的地址。</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>正在询问 %1</translation>
    </message>
    <message>
        <source>This model has no weights as safetensors or pytorch_model.bin: the Studio cannot use it. Look for another copy of it on the hub.</source>
        <translation>这个模型没有 safetensors 或 pytorch_model.bin 格式的权重，工作室无法使用。请在模型平台上寻找其他版本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), %1, are to come.</source>
        <translation>
            <numerusform>将下载 %Ln 个文件，共 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Only %1 are free: what is not there yet may not fit.</source>
        <translation>可用空间只有 %1：尚未下载的部分可能放不下。</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用空间 %1。</translation>
    </message>
    <message>
        <source>Checking what is there</source>
        <translation>正在检查已有的内容</translation>
    </message>
    <message>
        <source>It is tried again: %1</source>
        <translation>正在重试：%1</translation>
    </message>
    <message>
        <source>The hub is not asked any more.</source>
        <translation>已停止询问模型平台。</translation>
    </message>
    <message>
        <source>Stopped before anything arrived.</source>
        <translation>已停止，尚未收到任何内容。</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept in %1; Download goes on with it.</source>
        <translation>已停止。收到的内容保留在 %1；按“下载”会继续进行。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>A download is running</source>
        <translation>下载正在进行</translation>
    </message>
    <message>
        <source>%1 has not arrived yet.</source>
        <translation>%1 尚未下载完成。</translation>
    </message>
    <message>
        <source>What has arrived is kept: the same download goes on with it another time. It also goes on while this window is open and other pages are used.</source>
        <translation>收到的内容会保留：下次同样的下载会继续进行。这个窗口开着时，也可以一边下载一边使用其他页面。</translation>
    </message>
    <message>
        <source>Go on downloading</source>
        <translation>继续下载</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Download a model</source>
        <translation>下载模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>模型平台</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>ORGANISATION/NAME</source>
        <translation>ORGANISATION/NAME</translation>
    </message>
    <message>
        <source>As it stands at the head of the model&apos;s page; the address of the page can be pasted, too.</source>
        <translation>按模型页面顶端的写法；也可以粘贴页面的地址。</translation>
    </message>
    <message>
        <source>A branch, a tag or a commit</source>
        <translation>分支、标签或提交</translation>
    </message>
    <message>
        <source>https://huggingface.co, or a mirror of it; the address is remembered</source>
        <translation>https://huggingface.co 或它的镜像站；地址会记住</translation>
    </message>
    <message>
        <source>The model&apos;s own folder; it appears when everything has arrived</source>
        <translation>模型自己的文件夹；全部下载完成后才会出现</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose where the model&apos;s folder is to be</source>
        <translation>选择模型文件夹的位置</translation>
    </message>
    <message>
        <source>List files</source>
        <translation>列出文件</translation>
    </message>
    <message>
        <source>Ask the hub which files the model has; nothing is downloaded yet</source>
        <translation>向模型平台询问模型有哪些文件；此时还不会下载</translation>
    </message>
    <message>
        <source>Files of the model</source>
        <translation>模型的文件</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Fetch the files that are ticked; what is there already is not fetched again</source>
        <translation>下载勾选的文件；已有的不会重新下载</translation>
    </message>
    <message>
        <source>An access token is taken from HF_TOKEN, from the file of Hugging Face&apos;s programs or from the keyring, and sent to the hub alone.</source>
        <translation>访问令牌取自 HF_TOKEN、Hugging Face 程序的文件或系统密钥环，且只会发送给模型平台。</translation>
    </message>
</context>
<context>
    <name>studio::ui::DownloadFileModel</name>
    <message>
        <source>downloaded as well</source>
        <translation>一并下载</translation>
    </message>
    <message>
        <source>downloaded</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>left out: its name is not safe to write</source>
        <translation>跳过：文件名写入时不安全</translation>
    </message>
    <message>
        <source>left out: weights for another program</source>
        <translation>跳过：其他程序用的权重</translation>
    </message>
    <message>
        <source>left out: the same weights once more</source>
        <translation>跳过：相同权重的另一份</translation>
    </message>
    <message>
        <source>left out: not needed to use the model</source>
        <translation>跳过：使用模型时不需要</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>处理方式</translation>
    </message>
</context>
<context>
    <name>studio::ui::EvalRowsModel</name>
    <message>
        <source>%1 (no longer in the project)</source>
        <translation>%1（已不在项目中）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
</context>
<context>
    <name>studio::ui::EvalRowsView</name>
    <message>
        <source>The rows of an evaluation come here.</source>
        <translation>评估过的行会列在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) at step %1</source>
        <translation>
            <numerusform>第 %1 步的 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows of the newest evaluation</source>
        <translation>最近一次评估的行</translation>
    </message>
    <message>
        <source>Show in Data</source>
        <translation>在“数据”页显示</translation>
    </message>
    <message>
        <source>Opens the selected rows, or the first %1 of the table, on Data</source>
        <translation>在“数据”页打开所选的行；未选择时打开表格的前 %1 行</translation>
    </message>
</context>
<context>
    <name>studio::ui::ExportDialog</name>
    <message>
        <source>Export rows</source>
        <translation>导出数据行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>导出哪些行</translation>
    </message>
    <message>
        <source>All: %1</source>
        <translation>全部：%1</translation>
    </message>
    <message>
        <source>Accepted: %1</source>
        <translation>已接受：%1</translation>
    </message>
    <message>
        <source>Shown by the filters: %1</source>
        <translation>当前筛选结果：%1</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>选中的行：%1</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>JSON Lines (.jsonl), one row a line</source>
        <translation>JSON Lines（.jsonl），每行一条记录</translation>
    </message>
    <message>
        <source>JSON (.json), one list as the Alpaca files have it</source>
        <translation>JSON（.json），与 Alpaca 文件相同的单个列表</translation>
    </message>
    <message>
        <source>Written are instruction, input, output and the further fields that a row was imported with.</source>
        <translation>写入的内容包括 instruction、input、output，以及该行导入时带有的其他字段。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetButton</name>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1，%Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetPanel</name>
    <message>
        <source>Only accepted rows are used.</source>
        <translation>只有已接受的行会被使用。</translation>
    </message>
    <message>
        <source>Not split yet: training takes every accepted row, and Compare has no row that the model has not seen. Split… sets some aside.</source>
        <translation>尚未划分：训练会用到所有已接受的行，“对比”没有模型未见过的行可用。用“划分…”可以留出一部分。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) are in no split and are not trained on.</source>
        <translation>
            <numerusform>有 %Ln 个已接受的行未划分，不参与训练。</numerusform>
        </translation>
    </message>
    <message>
        <source>No test rows: Compare has no row that the model has not seen.</source>
        <translation>没有测试集：“对比”没有模型未见过的行可用。</translation>
    </message>
    <message>
        <source>No validation rows: training sets 5 % of the train rows aside for its evaluation loss.</source>
        <translation>没有验证集：训练时会从训练集留出 5% 用于计算评估损失。</translation>
    </message>
    <message>
        <source>Training reads train and validation, and never looks at test.</source>
        <translation>训练只读取训练集和验证集，从不读取测试集。</translation>
    </message>
    <message>
        <source>(no source)</source>
        <translation>（无来源）</translation>
    </message>
    <message>
        <source>What the rows are made of</source>
        <translation>数据的构成</translation>
    </message>
    <message>
        <source>Accepted rows by split</source>
        <translation>已接受的行（按划分）</translation>
    </message>
    <message>
        <source>All rows by status</source>
        <translation>全部行（按状态）</translation>
    </message>
    <message>
        <source>All rows by source</source>
        <translation>全部行（按来源）</translation>
    </message>
    <message>
        <source>In no split</source>
        <translation>未划分</translation>
    </message>
</context>
<context>
    <name>studio::ui::FieldEditor</name>
    <message>
        <source>All weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>AdamW, 8-bit moments</source>
        <translation>AdamW（8 位矩）</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
</context>
<context>
    <name>studio::ui::ForecastView</name>
    <message>
        <source>%1, %2 free</source>
        <translation>%1，可用 %2</translation>
    </message>
    <message>
        <source>of %1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>free memory not known</source>
        <translation>可用内存未知</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens: this model holds no longer ones.</source>
        <translation>%1，每行最多 %2 个词元：这个模型容不下更长的行。</translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens; LoRA of rank 8 on all linear layers.</source>
        <translation>%1，每行最多 %2 个词元；LoRA 的秩为 8，作用于所有线性层。</translation>
    </message>
    <message>
        <source>Memory forecast</source>
        <translation>内存预估</translation>
    </message>
    <message>
        <source>Length, tokens</source>
        <translation>长度（词元）</translation>
    </message>
    <message>
        <source>Batch, rows</source>
        <translation>批次（行）</translation>
    </message>
    <message>
        <source>Answering in</source>
        <translation>回答精度</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Longest row in tokens</source>
        <translation>最长的行（词元）</translation>
    </message>
    <message>
        <source>Of a training&apos;s rows, or of a prompt with its answer</source>
        <translation>训练数据行的长度，或提示词加上回答的长度</translation>
    </message>
    <message>
        <source>Rows of a batch</source>
        <translation>每批次的行数</translation>
    </message>
    <message>
        <source>Rows that are computed together, or answers under way at the same time</source>
        <translation>一起计算的行数，或同时生成的回答数</translation>
    </message>
    <message>
        <source>Precision of answering</source>
        <translation>回答时的精度</translation>
    </message>
    <message>
        <source>Numbers of the weights while the model answers; trainings choose their own</source>
        <translation>模型回答时权重的数值格式；训练会自行选择</translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens, answered beside the base model.</source>
        <translation>%1，每行最多 %2 个词元，与基座模型一起回答。</translation>
    </message>
</context>
<context>
    <name>studio::ui::GenerateSettingsPopup</name>
    <message>
        <source>How answers are generated</source>
        <translation>回答的生成方式</translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation>停止文本</translation>
    </message>
    <message>
        <source>An answer ends before the first of these; one a line, \n for a line break.</source>
        <translation>遇到其中任意一条时，回答在其之前结束；每行一条，\n 表示换行。</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>贪心解码</translation>
    </message>
    <message>
        <source>Temperature %1</source>
        <translation>温度 %1</translation>
    </message>
    <message>
        <source>top-k %1</source>
        <translation>top-k %1</translation>
    </message>
    <message>
        <source>top-p %1</source>
        <translation>top-p %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln stop text(s)</source>
        <translation>
            <numerusform>%Ln 条停止文本</numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>随机种子 %1</translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln token(s)</source>
        <translation>
            <numerusform>最多 %Ln 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPane</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop leaves the project as it was.</source>
        <translation>停止后项目保持原样。</translation>
    </message>
    <message>
        <source>Nothing is stored until you accept.</source>
        <translation>确认导入之前，不会保存任何内容。</translation>
    </message>
    <message>
        <source>Storing the rows</source>
        <translation>正在保存数据行</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>: %1 of %2</source>
        <translation>：%1 / %2</translation>
    </message>
    <message>
        <source>Rows that come in</source>
        <translation>将导入的行</translation>
    </message>
    <message>
        <source>as accepted rows, in no split</source>
        <translation>状态为已接受，未划分</translation>
    </message>
    <message>
        <source>nothing to import</source>
        <translation>没有可导入的行</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒收</translation>
    </message>
    <message>
        <source>listed below with the reason</source>
        <translation>见下表及原因</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1 及另外 %Ln 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>读取格式</translation>
    </message>
    <message>
        <source>Refused rows</source>
        <translation>拒收的行</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>复制列表</translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation>
            <numerusform>导入 %Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPreviewModel</name>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>studio::ui::LearningRateDialog</name>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>The peak is %1; the newest step had %2.</source>
        <translation>峰值为 %1；最新一步为 %2。</translation>
    </message>
    <message>
        <source>The peak is %1.</source>
        <translation>峰值为 %1。</translation>
    </message>
    <message>
        <source>New peak</source>
        <translation>新的峰值</translation>
    </message>
    <message>
        <source>New peak learning rate</source>
        <translation>新的学习率峰值</translation>
    </message>
    <message>
        <source>Halve</source>
        <translation>减半</translation>
    </message>
    <message>
        <source>It counts from the next step on. The schedule keeps its shape: where it is at half its peak, half of the new one is used.</source>
        <translation>从下一步起生效。学习率调度的形状不变：降到峰值一半之处，就使用新峰值的一半。</translation>
    </message>
    <message>
        <source>Change the rate</source>
        <translation>更改学习率</translation>
    </message>
    <message>
        <source>The learning rate is a number from %1 to %2.</source>
        <translation>学习率应为 %1 到 %2 的数字。</translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthChart</name>
    <message>
        <source>Row lengths, cutoff %1, %2 rows cut, %3 dropped</source>
        <translation>各行长度，截断长度 %1，截断 %2 行，舍弃 %3 行</translation>
    </message>
    <message>
        <source>Row lengths, not counted</source>
        <translation>各行长度，尚未统计</translation>
    </message>
    <message>
        <source>cutoff %1</source>
        <translation>截断长度 %1</translation>
    </message>
    <message>
        <source>no row cut</source>
        <translation>没有行被截断</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cut</source>
        <translation>
            <numerusform>截断 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>none dropped</source>
        <translation>没有行被舍弃</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) dropped</source>
        <translation>
            <numerusform>舍弃 %Ln 行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthPanel</name>
    <message numerus="yes">
        <source>Length of all %Ln train row(s)</source>
        <translation>
            <numerusform>训练集全部 %Ln 行的长度</numerusform>
        </translation>
    </message>
    <message>
        <source>Length of the train rows</source>
        <translation>训练集各行的长度</translation>
    </message>
    <message>
        <source>of at most %1</source>
        <translation>上限 %1</translation>
    </message>
    <message numerus="yes">
        <source>Show next of %Ln row(s)</source>
        <translation>
            <numerusform>查看这 %Ln 行中的下一行</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation>截断长度</translation>
    </message>
    <message>
        <source>Cutoff in tokens</source>
        <translation>截断长度（词元数）</translation>
    </message>
    <message>
        <source>Longest row in tokens; longer rows lose their end. Train uses the same.</source>
        <translation>每行最多的词元数；更长的行会丢失结尾。“训练”使用同一个值。</translation>
    </message>
    <message>
        <source>Show the next row that loses its end</source>
        <translation>显示下一个丢失结尾的行</translation>
    </message>
    <message>
        <source>What another cutoff would do</source>
        <translation>改用其他截断长度的效果</translation>
    </message>
    <message>
        <source>At most %1 for this model.</source>
        <translation>此模型最多 %1。</translation>
    </message>
</context>
<context>
    <name>studio::ui::LossChart</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message numerus="yes">
        <source>eval, %Ln validation row(s)</source>
        <translation>
            <numerusform>评估，验证集 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>eval</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Fit the whole run</source>
        <translation>显示整个训练过程</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>保存为 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
    <message>
        <source>Clip spikes</source>
        <translation>裁切尖峰</translation>
    </message>
</context>
<context>
    <name>studio::ui::LossPlot</name>
    <message>
        <source>epoch %1</source>
        <translation>训练周期 %1</translation>
    </message>
    <message>
        <source>Step %1 · epoch %2</source>
        <translation>第 %1 步 · 训练周期 %2</translation>
    </message>
    <message>
        <source>Train loss %1</source>
        <translation>训练损失 %1</translation>
    </message>
    <message>
        <source>smoothed %1</source>
        <translation>平滑后 %1</translation>
    </message>
    <message>
        <source>Eval loss %1</source>
        <translation>评估损失 %1</translation>
    </message>
    <message>
        <source>Learning rate %1</source>
        <translation>学习率 %1</translation>
    </message>
    <message>
        <source>gradient norm %1</source>
        <translation>梯度范数 %1</translation>
    </message>
    <message>
        <source>Loss chart, no steps yet</source>
        <translation>损失图表，尚无数据</translation>
    </message>
    <message>
        <source>Loss chart, %1 steps planned</source>
        <translation>损失图表，计划 %1 步</translation>
    </message>
    <message>
        <source>Loss, step %1 of %2, train %3, eval %4</source>
        <translation>损失，第 %1 步（共 %2 步），训练 %3，评估 %4</translation>
    </message>
    <message>
        <source>%1, best so far</source>
        <translation>%1，目前最佳</translation>
    </message>
</context>
<context>
    <name>studio::ui::MainMenu</name>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>撤销 %1(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>重做 %1(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>打开项目(&amp;O)…</translation>
    </message>
    <message>
        <source>Open the &amp;sample project</source>
        <translation>打开示例项目(&amp;S)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近打开(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Follow the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>前往(&amp;G)</translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation>下一个窗格(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation>开始训练(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top…</source>
        <translation>停止(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About FineTune Studio</source>
        <translation>关于 FineTune Studio(&amp;A)</translation>
    </message>
    <message>
        <source>Pane of &amp;details</source>
        <translation>详细信息窗格(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>查找操作(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Learning rate…</source>
        <translation>学习率(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Notify when a run ends</source>
        <translation>运行结束时通知(&amp;N)</translation>
    </message>
</context>
<context>
    <name>studio::ui::MainWindow</name>
    <message>
        <source>FineTune Studio</source>
        <translation>FineTune Studio</translation>
    </message>
    <message>
        <source>%1 – FineTune Studio</source>
        <translation>%1 – FineTune Studio</translation>
    </message>
    <message>
        <source>About FineTune Studio</source>
        <translation>关于 FineTune Studio</translation>
    </message>
    <message>
        <source>FineTune Studio %1</source>
        <translation>FineTune Studio %1</translation>
    </message>
    <message>
        <source>Prepare instruction–response data, see what the model will see, fine-tune on this computer and find out whether it got better.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>准备“指令–回答”数据，查看模型会看到的内容，在本机上微调，并检验模型是否变好了。
本程序是自由软件，按 GNU 通用公共许可证第 3 版或更高版本发布。</translation>
    </message>
    <message>
        <source>Alt+Right: the next step of the loop</source>
        <translation>Alt+Right：微调循环的下一步</translation>
    </message>
    <message>
        <source>F6: next pane</source>
        <translation>F6：下一个窗格</translation>
    </message>
    <message>
        <source>Ctrl+F: search</source>
        <translation>Ctrl+F：搜索</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z: undo, redo</source>
        <translation>Ctrl+Z、Ctrl+Shift+Z：撤销、重做</translation>
    </message>
    <message>
        <source>Ctrl+I, Ctrl+E: import, export</source>
        <translation>Ctrl+I、Ctrl+E：导入、导出</translation>
    </message>
    <message>
        <source>Ctrl+R: start training</source>
        <translation>Ctrl+R：开始训练</translation>
    </message>
    <message>
        <source>Ctrl+.: stop</source>
        <translation>Ctrl+.：停止</translation>
    </message>
    <message>
        <source>Ctrl+Enter: the main action of a page</source>
        <translation>Ctrl+Enter：当前页面的主要操作</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Keys that work on every page</source>
        <translation>在每个页面都可用的按键</translation>
    </message>
    <message>
        <source>F9: show or hide the pane of details</source>
        <translation>F9：显示或隐藏详细信息窗格</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P: find an action by its name</source>
        <translation>Ctrl+Shift+P：按名称查找操作</translation>
    </message>
    <message>
        <source>Ctrl+P: pause, or go on</source>
        <translation>Ctrl+P：暂停或继续</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+%1: the pages from Data to Compare</source>
        <translation>Ctrl+1 到 Ctrl+%1：从“数据”到“对比”的各个页面</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelDetails</name>
    <message numerus="yes">
        <source>%Ln layer(s)</source>
        <translation>
            <numerusform>%Ln 层</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s)</source>
        <translation>
            <numerusform>%Ln 个注意力头</numerusform>
        </translation>
    </message>
    <message>
        <source>width %1</source>
        <translation>宽度 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>none that this version reads</source>
        <translation>没有这个版本能读取的分词器</translation>
    </message>
    <message>
        <source>its own, from its training</source>
        <translation>自带，来自它的训练</translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation>尚未选择模型。</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标投影层</translation>
    </message>
    <message>
        <source>Stored as</source>
        <translation>存储格式</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>来源模型</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>its own chat template</source>
        <translation>自带的对话模板</translation>
    </message>
    <message>
        <source>none: choose an instruction template on Prompts, and fine-tune with it</source>
        <translation>无：请在“提示模板”页选择指令模板，并用它微调</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelExportDialog</name>
    <message>
        <source>Where to export to</source>
        <translation>导出到哪里</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF 文件 (*.gguf)</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>正在读取模型</translation>
    </message>
    <message>
        <source>Writing: %1 of %2</source>
        <translation>正在写入：%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>Loading the weights</source>
        <translation>正在加载权重</translation>
    </message>
    <message>
        <source>%1 was written: %2.</source>
        <translation>已写入 %1：%2。</translation>
    </message>
    <message>
        <source>Worth knowing: %1</source>
        <translation>注意事项：%1</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>An export is running</source>
        <translation>导出正在进行</translation>
    </message>
    <message>
        <source>%1 is not written yet.</source>
        <translation>%1 尚未写完。</translation>
    </message>
    <message>
        <source>Stopped, nothing of it stays. It also goes on while this window is open and other pages are used.</source>
        <translation>停止后不会留下任何内容。这个窗口开着时，也可以一边导出一边使用其他页面。</translation>
    </message>
    <message>
        <source>Go on exporting</source>
        <translation>继续导出</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止并关闭</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>%1 is overwritten by the export.</source>
        <translation>导出会覆盖 %1。</translation>
    </message>
    <message>
        <source>The old file stays until the new one is complete.</source>
        <translation>新文件完成之前，旧文件会保留。</translation>
    </message>
    <message>
        <source>Keep the file</source>
        <translation>保留文件</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>已停止，没有写入任何内容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 is there already. Choose another name.</source>
        <translation>%1 已存在。请选择其他名称。</translation>
    </message>
    <message>
        <source>About %1, and %2 in between for the merged weights.</source>
        <translation>约 %1，过程中合并的权重另需 %2。</translation>
    </message>
    <message>
        <source>About %1.</source>
        <translation>约 %1。</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用空间 %1。</translation>
    </message>
    <message>
        <source>Only %1 are free: choose another disk or a smaller type.</source>
        <translation>可用空间只有 %1：请选择其他磁盘或较小的类型。</translation>
    </message>
    <message>
        <source>Weights with the adapter merged into them, tokenizer, template and card, for Transformers and all that reads its folders.</source>
        <translation>已合并适配器的权重、分词器、模板和说明卡，供 Transformers 及能读取其文件夹的程序使用。</translation>
    </message>
    <message>
        <source>Weights, tokenizer, template and card, for Transformers and all that reads its folders.</source>
        <translation>权重、分词器、模板和说明卡，供 Transformers 及能读取其文件夹的程序使用。</translation>
    </message>
    <message>
        <source>Weights, tokenizer and chat template in one file, for llama.cpp, Ollama and LM Studio.</source>
        <translation>权重、分词器和对话模板合为一个文件，供 llama.cpp、Ollama 和 LM Studio 使用。</translation>
    </message>
    <message>
        <source>The files that PEFT reads, in the adapter&apos;s own type; they need the base model beside them.</source>
        <translation>PEFT 读取的文件，保持适配器自己的类型；使用时需要基座模型。</translation>
    </message>
    <message>
        <source>The base model is not on this computer, so nothing can be merged.</source>
        <translation>这台电脑上没有基座模型，因此无法合并。</translation>
    </message>
    <message>
        <source>A GGUF file is not possible. %1</source>
        <translation>无法导出为 GGUF 文件。%1</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>导出模型</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Model folder (Hugging Face)</source>
        <translation>模型文件夹（Hugging Face）</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>Adapter alone (PEFT)</source>
        <translation>仅适配器（PEFT）</translation>
    </message>
    <message>
        <source>Type of the weights</source>
        <translation>权重类型</translation>
    </message>
    <message>
        <source>To</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Choose where to export to</source>
        <translation>选择导出的位置</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write it; under its name it appears only when it is complete</source>
        <translation>开始写入；完成后才会以这个名称出现</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelTableModel</name>
    <message>
        <source>The base of this project</source>
        <translation>这个项目的基座模型</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>%1, base of this project</source>
        <translation>%1，这个项目的基座模型</translation>
    </message>
    <message>
        <source>Of the weights on the disk</source>
        <translation>权重在磁盘上的大小</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelsPage</name>
    <message>
        <source>The list of opened models was damaged and begins anew. Open the folders again; the damaged list is kept beside the new one.</source>
        <translation>已打开模型的列表损坏，因此重新开始。请再次打开这些文件夹；损坏的列表保留在新列表旁。</translation>
    </message>
    <message>
        <source>Reading models: %1 of %2</source>
        <translation>正在读取模型：%1/%2</translation>
    </message>
    <message>
        <source>Reading was stopped: not all models are listed.</source>
        <translation>已停止读取：列表并不完整。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详细信息</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>没有打开项目。</translation>
    </message>
    <message>
        <source>This model cannot be read.</source>
        <translation>无法读取这个模型。</translation>
    </message>
    <message>
        <source>Make it the base of this project and go to Train (Ctrl+Enter)</source>
        <translation>设为这个项目的基座模型并前往“训练”(Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Put it beside another model on Compare</source>
        <translation>在“对比”中与另一个模型并列</translation>
    </message>
    <message>
        <source>What this computer can answer with, adapt or train</source>
        <translation>这台电脑能用来回答、调整或训练的模型</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 个中有 %1 个符合</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: set up training</source>
        <translation>下一步：设置训练</translation>
    </message>
    <message>
        <source>%1 is the base of this project</source>
        <translation>%1 是这个项目的基座模型</translation>
    </message>
    <message>
        <source>%1, the base of this project, cannot be read</source>
        <translation>无法读取这个项目的基座模型 %1</translation>
    </message>
    <message>
        <source>No base model is chosen yet</source>
        <translation>尚未选择基座模型</translation>
    </message>
    <message>
        <source>Take LoRA instead of all weights, a smaller model, shorter rows or fewer of them in a batch.</source>
        <translation>可改用 LoRA 而不训练全部权重、改用较小的模型、较短的行，或减少每批次的行数。</translation>
    </message>
    <message>
        <source>Does not fit?</source>
        <translation>内存不足？</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Kind: any</source>
        <translation>种类：全部</translation>
    </message>
    <message>
        <source>Kind of model</source>
        <translation>模型种类</translation>
    </message>
    <message>
        <source>Only what fits</source>
        <translation>只显示内存足够的</translation>
    </message>
    <message>
        <source>Only models that can at least answer on this device</source>
        <translation>只显示在这个设备上至少能回答的模型</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>足够</translation>
    </message>
    <message>
        <source>tight: above %1 % of free memory</source>
        <translation>紧张：超过可用内存的 %1 %</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>不足</translation>
    </message>
    <message>
        <source>Known models</source>
        <translation>已知的模型</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Train this</source>
        <translation>训练这个</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>There is no config.json in %1. Choose a model folder in the Hugging Face layout.</source>
        <translation>%1 中没有 config.json。请选择 Hugging Face 格式的模型文件夹。</translation>
    </message>
    <message>
        <source>Rename in the list</source>
        <translation>在列表中重命名</translation>
    </message>
    <message>
        <source>Name of %1; its folder keeps its own. Nothing gives the model its own name back.</source>
        <translation>%1 的名称；文件夹的名称不变。填入原名即可恢复。</translation>
    </message>
    <message>
        <source>It comes with the program.</source>
        <translation>它随程序提供。</translation>
    </message>
    <message>
        <source>It belongs to a run. Delete the run on Runs.</source>
        <translation>它属于一条运行记录。请在“运行记录”中删除该记录。</translation>
    </message>
    <message>
        <source>It lies in the project&apos;s folder.</source>
        <translation>它位于项目的文件夹中。</translation>
    </message>
    <message>
        <source>It is the base of this project. Choose another base first.</source>
        <translation>它是这个项目的基座模型。请先选择另一个基座模型。</translation>
    </message>
    <message>
        <source>%1 is off the list; its files stay.</source>
        <translation>%1 已从列表移除；文件仍保留。</translation>
    </message>
    <message>
        <source>%1 (base of this project)</source>
        <translation>%1（这个项目的基座模型）</translation>
    </message>
    <message>
        <source>Add a model folder in the Hugging Face layout, or a LoRA adapter&apos;s folder, to the list</source>
        <translation>把 Hugging Face 格式的模型文件夹或 LoRA 适配器的文件夹加入列表</translation>
    </message>
    <message>
        <source>%1 (adapter)</source>
        <translation>%1（适配器）</translation>
    </message>
    <message>
        <source>%1 (its base)</source>
        <translation>%1（其基座模型）</translation>
    </message>
    <message>
        <source>There is no other model yet</source>
        <translation>还没有其他模型</translation>
    </message>
    <message>
        <source>Base of this project</source>
        <translation>设为项目的基座模型</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Its files stay where they are</source>
        <translation>文件会留在原处</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下载…</translation>
    </message>
    <message>
        <source>Fetch a model from a hub such as Hugging Face</source>
        <translation>从 Hugging Face 等模型平台下载模型</translation>
    </message>
    <message>
        <source>Models that this computer knows will be listed here. Open the folder of one, with config.json and model.safetensors, or download one.</source>
        <translation>这台电脑已知的模型会列在这里。请打开模型的文件夹（含 config.json 和 model.safetensors），或下载一个。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Write it for another program (E in the table)</source>
        <translation>导出给其他程序使用（在表格中按 E）</translation>
    </message>
</context>
<context>
    <name>studio::ui::NextStepBar</name>
    <message>
        <source>Next step (%1)</source>
        <translation>下一步（%1）</translation>
    </message>
</context>
<context>
    <name>studio::ui::NoteBar</name>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>关闭此提示</translation>
    </message>
</context>
<context>
    <name>studio::ui::OverlayChart</name>
    <message>
        <source>The curves of the runs that are ticked in the list will be drawn here.</source>
        <translation>列表中勾选的运行，其曲线会画在这里。</translation>
    </message>
    <message>
        <source>None of the ticked runs has measured this figure yet.</source>
        <translation>勾选的运行都还没有这项数值。</translation>
    </message>
    <message>
        <source>Curves of the runs</source>
        <translation>运行曲线</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>评估损失</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Figure of the chart</source>
        <translation>图表的数值</translation>
    </message>
    <message>
        <source>Train loss and gradient norm are smoothed</source>
        <translation>训练损失和梯度范数经过平滑</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>周期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Axis of the chart</source>
        <translation>图表的横轴</translation>
    </message>
    <message>
        <source>Fit all runs</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>保存为 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
</context>
<context>
    <name>studio::ui::OverlayPlot</name>
    <message>
        <source>%1: diverged</source>
        <translation>%1：发散</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>周期 %1</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>经过 %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 %2, diverged</source>
        <translation>%1 %2，发散</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Chart of the runs, empty</source>
        <translation>运行图表，无内容</translation>
    </message>
    <message>
        <source>Eval loss of the runs: %1</source>
        <translation>各运行的评估损失：%1</translation>
    </message>
    <message>
        <source>Train loss of the runs: %1</source>
        <translation>各运行的训练损失：%1</translation>
    </message>
    <message>
        <source>Learning rate of the runs: %1</source>
        <translation>各运行的学习率：%1</translation>
    </message>
    <message>
        <source>Gradient norm of the runs: %1</source>
        <translation>各运行的梯度范数：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::Page</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>%1, page %2 of %3 in the loop</source>
        <translation>%1，微调循环第 %2 页，共 %3 页</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>%1, beside %2 in the loop</source>
        <translation>%1，在微调循环的“%2”旁</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>studio::ui::PreflightPanel</name>
    <message>
        <source>Before you start</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>%1 an epoch</source>
        <translation>每周期 %1</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>roughly %1</source>
        <translation>粗估 %1</translation>
    </message>
    <message>
        <source>as fast as %1</source>
        <translation>按 %1 的速度估算</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未实测</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>No row has a response within the cutoff</source>
        <translation>没有哪一行的回答落在截断长度之内</translation>
    </message>
    <message>
        <source>Cutoff is %1 tokens; raise it.</source>
        <translation>截断长度为 %1 个词元，需要调高。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) have no response left and are not used</source>
        <translation>
            <numerusform>有 %Ln 行没有剩余的回答，不会使用</numerusform>
        </translation>
    </message>
    <message>
        <source>The prompt alone reaches the cutoff of %1 tokens.</source>
        <translation>仅提示词就已达到截断长度 %1 个词元。</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>显示这些行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) lose the end of their response</source>
        <translation>
            <numerusform>有 %Ln 行会丢失回答的结尾</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff is %1. The longest row has %2 tokens.</source>
        <translation>截断长度为 %1。最长的行有 %2 个词元。</translation>
    </message>
    <message>
        <source>Every row fits into %1 tokens</source>
        <translation>每一行都不超过 %1 个词元</translation>
    </message>
    <message>
        <source>%1 train rows, %2 tokens an epoch</source>
        <translation>训练集 %1 行，每周期 %2 个词元</translation>
    </message>
    <message>
        <source>No row is kept for the evaluation loss</source>
        <translation>没有留出用于计算评估损失的行</translation>
    </message>
    <message>
        <source>The chart will show the train loss only.</source>
        <translation>图表将只显示训练损失。</translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation>打开“数据”页</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s), taken from train by a fixed seed</source>
        <translation>
            <numerusform>验证集 %Ln 行，按固定的随机种子从训练集中抽取</numerusform>
        </translation>
    </message>
    <message>
        <source>No row is in the validation split, so 5 % of train are kept aside and not trained on.</source>
        <translation>验证集中没有行，因此从训练集留出 5%，不参与训练。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) for the evaluation loss</source>
        <translation>
            <numerusform>用于计算评估损失的验证集有 %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>About %1 of %2 free: weights, gradients and optimizer %3, activations %4.</source>
        <translation>需要约 %1，可用 %2：权重、梯度和优化器占 %3，激活值占 %4。</translation>
    </message>
    <message>
        <source>The memory may not be enough</source>
        <translation>内存可能不足</translation>
    </message>
    <message>
        <source>Smaller batch</source>
        <translation>减小批次</translation>
    </message>
    <message>
        <source>The memory is tight</source>
        <translation>内存较紧张</translation>
    </message>
    <message>
        <source>The memory is enough</source>
        <translation>内存充足</translation>
    </message>
    <message>
        <source>The disk has no room for the model</source>
        <translation>磁盘空间不足，无法保存模型</translation>
    </message>
    <message>
        <source>%1 are needed, %2 are free. Make room first.</source>
        <translation>需要 %1，可用 %2。先腾出空间。</translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then stays</source>
        <translation>预热 %1 步，共 %2 步；之后学习率保持不变</translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then falls to %3</source>
        <translation>预热 %1 步，共 %2 步；之后学习率降到 %3</translation>
    </message>
    <message numerus="yes">
        <source>Evaluated at the start, every %Ln step(s), and at the end</source>
        <translation>
            <numerusform>开始时、每 %Ln 步和结束时各评估一次</numerusform>
        </translation>
    </message>
    <message>
        <source>The time is computed, not measured</source>
        <translation>时间是推算的，并非实测</translation>
    </message>
    <message>
        <source>measured on this machine</source>
        <translation>在这台电脑上测得</translation>
    </message>
    <message>
        <source>Measuring a few steps</source>
        <translation>正在测量几步</translation>
    </message>
    <message>
        <source>The model is loaded and trained for some seconds; nothing of it is kept.</source>
        <translation>加载模型并训练几秒钟；结果不会保留。</translation>
    </message>
    <message>
        <source>The time is that of an earlier run</source>
        <translation>时间取自较早的训练</translation>
    </message>
    <message>
        <source>Its settings may have been others. A few steps measure these.</source>
        <translation>当时的设置可能不同。测量几步即可得知当前设置的时间。</translation>
    </message>
    <message>
        <source>Assumes %1 × 10⁹ operations per second and thread. A few steps measure it.</source>
        <translation>假设每个线程每秒 %1 × 10⁹ 次运算。测量几步即可得知实际时间。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passed</source>
        <translation>
            <numerusform>%Ln 项通过</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln 个警告</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing left within %1 tokens</source>
        <translation>在 %1 个词元内没有剩下回答</translation>
    </message>
    <message>
        <source>longer than %1 tokens</source>
        <translation>超过 %1 个词元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without a response are not used</source>
        <translation>
            <numerusform>%Ln 行没有回答，不会使用</numerusform>
        </translation>
    </message>
    <message>
        <source>without a response</source>
        <translation>没有回答</translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) in no split are not used</source>
        <translation>
            <numerusform>%Ln 行已接受但未划分，不会使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Split on Data deals all rows anew.</source>
        <translation>数据页的“划分”会重新分配所有行。</translation>
    </message>
    <message>
        <source>in no split</source>
        <translation>未划分</translation>
    </message>
    <message>
        <source>No train row has a response</source>
        <translation>训练行都没有回答</translation>
    </message>
    <message>
        <source>Write responses, or put rows that have one into train.</source>
        <translation>请撰写回答，或把有回答的行放入训练集。</translation>
    </message>
    <message>
        <source>The base model holds %1 tokens at most. Shorten the prompts, or choose another model.</source>
        <translation>基座模型最多容纳 %1 个词元。请缩短提示词，或选择其他模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) are measured without their end</source>
        <translation>
            <numerusform>%Ln 行验证数据的结尾不计入评估</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff is %1 tokens.</source>
        <translation>截断长度为 %1 个词元。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) have no response to measure</source>
        <translation>
            <numerusform>%Ln 行验证数据没有可评估的回答</numerusform>
        </translation>
    </message>
    <message>
        <source>Packed end to end, nothing is padded; without packing %1 % of each batch would be.</source>
        <translation>各行首尾相接打包，没有填充；若不打包，每个批次有 %1% 是填充。</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more, all passed</source>
        <translation>
            <numerusform>再显示 %Ln 项，全部通过</numerusform>
        </translation>
    </message>
    <message>
        <source>About %1: weights, gradients and optimizer %2, activations %3.</source>
        <translation>需要约 %1：权重、梯度和优化器占 %2，激活值占 %3。</translation>
    </message>
    <message>
        <source>How much memory is free is not known</source>
        <translation>可用内存有多少未知</translation>
    </message>
    <message>
        <source>It lies between %1 and %2.</source>
        <translation>时间介于 %1 与 %2 之间。</translation>
    </message>
    <message>
        <source>what is free is not known</source>
        <translation>可用量未知</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>The template is not the model&apos;s own chat template</source>
        <translation>这个模板不是模型自己的对话模板</translation>
    </message>
    <message>
        <source>The model knows how to answer in its own chat template. It first has to learn “%1” from your rows.</source>
        <translation>模型会用自己的对话模板回答，要先从数据行中学会“%1”。</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>选择模板</translation>
    </message>
    <message>
        <source>The model does not read them as they were written.</source>
        <translation>模型读不到它们原本的写法。</translation>
    </message>
</context>
<context>
    <name>studio::ui::ProgressLine</name>
    <message>
        <source>%1 percent</source>
        <translation>%1%</translation>
    </message>
</context>
<context>
    <name>studio::ui::ProgressRow</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>studio::ui::ProjectSession</name>
    <message>
        <source>Embedded base model</source>
        <translation>内嵌的基座模型</translation>
    </message>
    <message>
        <source>%1 (adapter on %2)</source>
        <translation>%1（%2 上的适配器）</translation>
    </message>
    <message>
        <source>%1 (merged)</source>
        <translation>%1（已合并）</translation>
    </message>
    <message>
        <source>No base model is chosen. Choose a model folder on Train.</source>
        <translation>尚未选择基座模型。在“训练”页选择模型文件夹。</translation>
    </message>
    <message>
        <source>Chat of %1</source>
        <translation>%1 的对话格式</translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptBar</name>
    <message>
        <source>with input</source>
        <translation>含输入</translation>
    </message>
    <message>
        <source>without input</source>
        <translation>不含输入</translation>
    </message>
    <message>
        <source>Your own prompt · %1</source>
        <translation>自定义提示词 · %1</translation>
    </message>
    <message>
        <source>Row %1 · test split · %2</source>
        <translation>第 %1 行 · 测试集 · %2</translation>
    </message>
    <message>
        <source>Ask both models something</source>
        <translation>向两个模型提问</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>同时提问</translation>
    </message>
    <message>
        <source>Ask both (Ctrl+Enter)</source>
        <translation>向两个模型提问（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>Previous prompt (K)</source>
        <translation>上一条提示词（K）</translation>
    </message>
    <message>
        <source>Previous prompt</source>
        <translation>上一条提示词</translation>
    </message>
    <message>
        <source>Next prompt (J)</source>
        <translation>下一条提示词（J）</translation>
    </message>
    <message>
        <source>Next prompt</source>
        <translation>下一条提示词</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change how answers are generated</source>
        <translation>更改回答的生成方式</translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptsPage</name>
    <message>
        <source>This template is not stored because of its fault. Correct it, or discard the edit.</source>
        <translation>此模板有错误，因此没有保存。更正错误，或放弃修改。</translation>
    </message>
    <message>
        <source>Discard the edit</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>副本的名称</translation>
    </message>
    <message>
        <source>The template has a fault and is not stored</source>
        <translation>模板有错误，未保存</translation>
    </message>
    <message>
        <source>%1 of %2 rows lose their end</source>
        <translation>%2 行中有 %1 行丢失结尾</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln row(s) fit into the cutoff</source>
        <translation>
            <numerusform>全部 %Ln 行都在截断长度之内</numerusform>
        </translation>
    </message>
    <message>
        <source>The same template everywhere, kept with the model</source>
        <translation>处处使用同一模板，并随模型保存</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>Tokenizer of the base model</source>
        <translation>基座模型的分词器</translation>
    </message>
    <message>
        <source>The base model whose tokenizer splits the text</source>
        <translation>用哪个基座模型的分词器切分文本</translation>
    </message>
    <message>
        <source>Make a copy (Ctrl+D)</source>
        <translation>创建副本（Ctrl+D）</translation>
    </message>
    <message>
        <source>Here you will see a row exactly as the model does. The project has no rows yet.</source>
        <translation>在这里可以看到与模型所见完全相同的一行数据。项目中还没有数据行。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>Next: choose a base model</source>
        <translation>下一步：选择基座模型</translation>
    </message>
    <message>
        <source>Chat template of %1</source>
        <translation>%1 的对话模板</translation>
    </message>
    <message>
        <source>This model knows how to answer in a chat template of its own. Other templates work as well, but it first has to learn them from your rows.</source>
        <translation>这个模型会用自己的对话模板回答。其他模板也能用，但模型要先从数据行中学会它们。</translation>
    </message>
    <message>
        <source>Use its chat template</source>
        <translation>使用它的对话模板</translation>
    </message>
</context>
<context>
    <name>studio::ui::QtDialogs</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
</context>
<context>
    <name>studio::ui::QueueDelegate</name>
    <message>
        <source>Name of the run</source>
        <translation>运行记录的名称</translation>
    </message>
</context>
<context>
    <name>studio::ui::QueueModel</name>
    <message>
        <source>LoRA of rank %1</source>
        <translation>LoRA，秩 %1</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>learning rate %1</source>
        <translation>学习率 %1</translation>
    </message>
    <message>
        <source>not started: %1</source>
        <translation>未开始：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::QueuePanel</name>
    <message>
        <source>The queue was not changed</source>
        <translation>队列未更改</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Runs that wait</source>
        <translation>等待中的运行</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>启动队列</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>从队列移除</translation>
    </message>
    <message>
        <source>the next starts when this run has ended</source>
        <translation>这次运行结束后开始下一个</translation>
    </message>
    <message>
        <source>the next starts now</source>
        <translation>下一个现在开始</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>等你开始</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s), %1; settings, model and template as queued, rows as they are at the start</source>
        <translation>
            <numerusform>%Ln 个，%1；设置、模型与模板以加入时为准，数据行以开始时为准</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename (%1)</source>
        <translation>重命名（%1）</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecipeChooser</name>
    <message>
        <source>Defaults</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>What every setting has where nothing else is chosen.</source>
        <translation>没有另作选择时，每项设置的值。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln recipe(s) cannot be read</source>
        <translation>
            <numerusform>%Ln 个配方无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordEditor</name>
    <message>
        <source>No row chosen</source>
        <translation>未选择行</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>模型生成</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Saved as you type</source>
        <translation>输入时自动保存</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 + end token</source>
        <translation>%1 + 结束词元</translation>
    </message>
    <message>
        <source>Not counted: the template has a problem. Prompts shows where.</source>
        <translation>未统计：模板有问题，详见“提示模板”页。</translation>
    </message>
    <message>
        <source>Not counted: the base model&apos;s tokenizer could not be loaded.</source>
        <translation>未统计：无法加载基座模型的分词器。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>tokens of a row, cutoff</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>prompt %1 · response %2</source>
        <translation>提示词 %1 · 回答 %2</translation>
    </message>
    <message>
        <source> · cut %1</source>
        <translation> · 截断 %1</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>With template</source>
        <translation>套用模板后</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Duplicate the selected rows</source>
        <translation>为选中的行创建副本</translation>
    </message>
    <message>
        <source>Delete the selected rows (Del)</source>
        <translation>删除选中的行（Del）</translation>
    </message>
    <message>
        <source>Delete the selected rows</source>
        <translation>删除选中的行</translation>
    </message>
    <message>
        <source>Previous row (Alt+Up)</source>
        <translation>上一行（Alt+Up）</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row (Alt+Down)</source>
        <translation>下一行（Alt+Down）</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordFilterBar</name>
    <message>
        <source>(no source)</source>
        <translation>（无来源）</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation>
            <numerusform>%1 / %Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>Search all text</source>
        <translation>搜索全部文本</translation>
    </message>
    <message>
        <source>Status: any</source>
        <translation>状态：全部</translation>
    </message>
    <message>
        <source>Split: any</source>
        <translation>划分：全部</translation>
    </message>
    <message>
        <source>Source: any</source>
        <translation>来源：全部</translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation>按状态筛选</translation>
    </message>
    <message>
        <source>Filter by split</source>
        <translation>按划分筛选</translation>
    </message>
    <message>
        <source>Filter by source</source>
        <translation>按来源筛选</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>显示全部行</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>来源：%1</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation>划分：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordTableModel</name>
    <message numerus="yes">
        <source>%Ln token(s) beyond the cutoff of %1 are cut off</source>
        <translation>
            <numerusform>超出截断长度 %1 的 %Ln 个词元会被截断</numerusform>
        </translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Tokens of the whole row with the current template and tokenizer</source>
        <translation>按当前模板和分词器计算的整行词元数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>studio::ui::ReferencePanel</name>
    <message>
        <source>The same tokens from different weights</source>
        <translation>不同的权重生成了相同的词元</translation>
    </message>
    <message>
        <source>Two models rarely agree token by token. For a short answer it may be chance.</source>
        <translation>两个模型很少逐词元一致。如果回答很短，也可能是巧合。</translation>
    </message>
    <message>
        <source>A prompt of your own has no reference.</source>
        <translation>自定义提示词没有参考答案。</translation>
    </message>
    <message>
        <source>stopped, not counted</source>
        <translation>已停止，不计入</translation>
    </message>
    <message>
        <source>exact match</source>
        <translation>精确匹配</translation>
    </message>
    <message>
        <source>contains, not exact</source>
        <translation>包含答案，但非精确匹配</translation>
    </message>
    <message>
        <source>not in the answer</source>
        <translation>回答中没有参考答案</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>与参考答案对比</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Unit of the comparison</source>
        <translation>对比单位</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考答案</translation>
    </message>
</context>
<context>
    <name>studio::ui::RefusedRowsModel</name>
    <message>
        <source>all</source>
        <comment>the whole file</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>studio::ui::RowPanel</name>
    <message>
        <source>What the model sees</source>
        <translation>模型看到的内容</translation>
    </message>
    <message>
        <source>Previous row (Page Up)</source>
        <translation>上一行（Page Up）</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row (Page Down)</source>
        <translation>下一行（Page Down）</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>Row number</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the exact text</source>
        <translation>复制原样文本</translation>
    </message>
</context>
<context>
    <name>studio::ui::RunTableModel</name>
    <message>
        <source>Before the training %1, best %2 at step %3, last %4</source>
        <translation>训练前 %1，最佳 %2（第 %3 步），最后 %4</translation>
    </message>
    <message>
        <source>%1 of %2 test rows</source>
        <translation>测试集 %2 行中的 %1 行</translation>
    </message>
    <message>
        <source>on the chart</source>
        <translation>在图表上</translation>
    </message>
    <message>
        <source>not on the chart</source>
        <translation>不在图表上</translation>
    </message>
    <message>
        <source>%1, the lowest</source>
        <translation>%1，最低</translation>
    </message>
    <message>
        <source>On the chart (Space)</source>
        <translation>显示在图表上（空格键）</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>线条</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Train rows</source>
        <translation>训练行数</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>评估损失</translation>
    </message>
    <message>
        <source>Exact, %</source>
        <translation>精确匹配 %</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
</context>
<context>
    <name>studio::ui::RunView</name>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>训练周期</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Left about</source>
        <translation>约剩</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>评估损失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>clip %1</source>
        <translation>裁剪 %1</translation>
    </message>
    <message>
        <source>Started: %1 rows, %2 of them cut</source>
        <translation>已开始：%1 行，其中 %2 行被截断</translation>
    </message>
    <message>
        <source>Started: %1 rows, %2 tokens</source>
        <translation>已开始：%1 行，%2 个词元</translation>
    </message>
    <message>
        <source>Evaluated before the first step: %1</source>
        <translation>第一步之前的评估：%1</translation>
    </message>
    <message>
        <source>Evaluated: %1, best so far</source>
        <translation>评估：%1，目前最佳</translation>
    </message>
    <message>
        <source>Evaluated: %1</source>
        <translation>评估：%1</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>The run was stopped before its first step; no model was saved.</source>
        <translation>训练在第一步之前就已停止，没有保存模型。</translation>
    </message>
    <message>
        <source>Stopped before the first step</source>
        <translation>在第一步之前停止</translation>
    </message>
    <message numerus="yes">
        <source>%Ln step(s)</source>
        <translation>
            <numerusform>%Ln 步</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped after %1; what was learned is saved.</source>
        <translation>训练 %1后停止，已学到的内容已保存。</translation>
    </message>
    <message>
        <source>Finished: %1 in %2.</source>
        <translation>已完成：%1，用时 %2。</translation>
    </message>
    <message>
        <source>Eval loss went from %1 to %2.</source>
        <translation>评估损失从 %1 变为 %2。</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>/ %1</source>
        <translation>/ %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>in the batch of step %1</source>
        <translation>在第 %1 步的批次中</translation>
    </message>
    <message>
        <source>of the evaluation at step %1</source>
        <translation>第 %1 步的评估</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Evaluated rows</source>
        <translation>评估的行</translation>
    </message>
    <message>
        <source>Events or rows</source>
        <translation>事件或行</translation>
    </message>
    <message>
        <source>Peak learning rate %1 asked for, from the next step on</source>
        <translation>已要求最高学习率 %1，从下一步起生效</translation>
    </message>
    <message>
        <source>Discarded after step %1</source>
        <translation>在第 %1 步后放弃</translation>
    </message>
    <message>
        <source>Discarded after step %1; what it had learned is gone.</source>
        <translation>在第 %1 步后放弃，已学到的内容不再保留。</translation>
    </message>
</context>
<context>
    <name>studio::ui::RunsPage</name>
    <message>
        <source>Six runs can be told apart on the chart. Untick one of them first.</source>
        <translation>图表上最多能区分六个运行。请先取消勾选其中一个。</translation>
    </message>
    <message>
        <source>Differences only, %1 of %2</source>
        <translation>仅看差异，%1 / %2</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>仅看差异</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on the chart</source>
        <translation>图表上 %1 个</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 个中有 %1 个匹配</translation>
    </message>
    <message>
        <source>The chosen runs have no model yet.</source>
        <translation>所选运行还没有模型。</translation>
    </message>
    <message>
        <source>The base model and %1 answer the same prompts (Ctrl+Enter)</source>
        <translation>基座模型与 %1 回答相同的提示词（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>%1 and %2 answer the same prompts (Ctrl+Enter)</source>
        <translation>%1 与 %2 回答相同的提示词（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Next: compare with the base model</source>
        <translation>下一步：与基座模型对比</translation>
    </message>
    <message>
        <source>Best eval loss: %1</source>
        <translation>评估损失最低：%1</translation>
    </message>
    <message>
        <source>No run has a model to compare yet</source>
        <translation>还没有可对比的模型</translation>
    </message>
    <message>
        <source>Next: train</source>
        <translation>下一步：训练</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>继续训练…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Repeat with changes…</source>
        <translation>修改后重新运行…</translation>
    </message>
    <message>
        <source>The settings of this run, on the Train page (Ctrl+D)</source>
        <translation>在“训练”页使用该运行的设置（Ctrl+D）</translation>
    </message>
    <message>
        <source>Compare answers</source>
        <translation>对比回答</translation>
    </message>
    <message>
        <source>Name, tag or state</source>
        <translation>名称、标签或状态</translation>
    </message>
    <message>
        <source>Filter the runs</source>
        <translation>筛选运行</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Move the selected runs to the trash (Del)</source>
        <translation>将所选运行移到回收站（Del）</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Settings and notes</source>
        <translation>设置与备注</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Notes and lineage</source>
        <translation>备注与来历</translation>
    </message>
    <message>
        <source>What stands beside the chart</source>
        <translation>图表旁显示的内容</translation>
    </message>
    <message>
        <source>Every training will be listed here, with its curves and settings. There is none yet.</source>
        <translation>每次训练都会列在这里，附带曲线和设置。目前还没有。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往“训练”</translation>
    </message>
    <message>
        <source>Resume %1?</source>
        <translation>要继续训练 %1 吗？</translation>
    </message>
    <message>
        <source>It goes on from its newest checkpoint, with its own model, settings and template.</source>
        <translation>将从最新的检查点继续，沿用原来的模型、设置和模板。</translation>
    </message>
    <message>
        <source>It has made %1 of %2 steps. Where the loss diverged, half the learning rate often helps.</source>
        <translation>已完成 %1 / %2 步。如果损失发散，将学习率减半往往有帮助。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Resume at half the learning rate, %1</source>
        <translation>以一半的学习率 %1 继续</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不继续</translation>
    </message>
    <message>
        <source>On the chart</source>
        <translation>显示在图表上</translation>
    </message>
    <message>
        <source>The run %1 is in the trash.</source>
        <translation>运行 %1 已移到回收站。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln 个运行已移到回收站。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore a run</source>
        <translation>恢复运行</translation>
    </message>
    <message>
        <source>There is another run %1 now. Name of the restored one:</source>
        <translation>现在已有另一个运行 %1。恢复后的名称：</translation>
    </message>
    <message>
        <source>The run %1 is back.</source>
        <translation>运行 %1 已恢复。</translation>
    </message>
    <message numerus="yes">
        <source>Trash, %Ln run(s)</source>
        <translation>
            <numerusform>回收站，%Ln 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted runs are kept for %Ln day(s)</source>
        <translation>
            <numerusform>删除的运行会保留 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore %1 (%2)</source>
        <translation>恢复 %1（%2）</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>要清空回收站吗？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) will be removed from the disk, with their models.</source>
        <translation>
            <numerusform>将从磁盘删除 %Ln 个已删除的运行及其模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be taken back.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) removed from the disk</source>
        <translation>
            <numerusform>已从磁盘删除 %Ln 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the chart as PNG</source>
        <translation>将图表保存为 PNG</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片（*.png）</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>无法写入 %1。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>Save the figures as CSV</source>
        <translation>将数值保存为 CSV</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值（*.csv）</translation>
    </message>
</context>
<context>
    <name>studio::ui::SampleModel</name>
    <message numerus="yes">
        <source>%Ln other answer(s) between</source>
        <translation>
            <numerusform>其间还有 %Ln 个回答</numerusform>
        </translation>
    </message>
    <message>
        <source>same as the reference since step %1</source>
        <translation>自第 %1 步起与参考答案相同</translation>
    </message>
    <message>
        <source>(no answer)</source>
        <translation>（没有回答）</translation>
    </message>
    <message>
        <source>Reference: %1</source>
        <translation>参考答案：%1</translation>
    </message>
    <message>
        <source>Step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
</context>
<context>
    <name>studio::ui::SamplePanel</name>
    <message>
        <source>Every %1 steps the answers to a few prompts come here.</source>
        <translation>每 %1 步，几个提示词的回答会出现在这里。</translation>
    </message>
    <message>
        <source>This run answers no prompts. Sample every is set before the start.</source>
        <translation>这次训练不回答提示词。开始前可设置“采样间隔”。</translation>
    </message>
    <message>
        <source>greedy, every %1 steps</source>
        <translation>贪心解码，每 %1 步</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>贪心解码</translation>
    </message>
    <message>
        <source>The model so far</source>
        <translation>模型目前的回答</translation>
    </message>
</context>
<context>
    <name>studio::ui::SamplePrompts</name>
    <message>
        <source>Edit prompts…</source>
        <translation>编辑提示词…</translation>
    </message>
</context>
<context>
    <name>studio::ui::SamplePromptsDialog</name>
    <message>
        <source>%1 of at most %2 chosen.</source>
        <translation>已选 %1 个，最多 %2 个。</translation>
    </message>
    <message>
        <source>The list holds %1 of %2 rows; the search finds the others.</source>
        <translation>列表显示 %2 行中的 %1 行，其余可用搜索找到。</translation>
    </message>
    <message>
        <source>No accepted row outside the test split has these words.</source>
        <translation>测试集以外已接受的行都不含这些字。</translation>
    </message>
    <message>
        <source>None is chosen: the prompts of the first validation rows are answered.</source>
        <translation>尚未选择：将回答最前面几个验证行的提示词。</translation>
    </message>
    <message>
        <source>Prompts to answer</source>
        <translation>要回答的提示词</translation>
    </message>
    <message>
        <source>As it learns, the model answers these prompts, so that you see what changes. Test rows are not in the list: they are kept for Compare.</source>
        <translation>模型会在学习途中回答这些提示词，让你看到变化。列表不含测试行：它们留给“对比”页。</translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>搜索行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>全部不选</translation>
    </message>
    <message>
        <source>Use these prompts</source>
        <translation>使用这些提示词</translation>
    </message>
</context>
<context>
    <name>studio::ui::SearchField</name>
    <message>
        <source>Clear the search (Esc)</source>
        <translation>清除搜索（Esc）</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsForm</name>
    <message>
        <source>Basic %1</source>
        <translation>基本 %1</translation>
    </message>
    <message>
        <source>All %1</source>
        <translation>全部 %1</translation>
    </message>
    <message>
        <source>Which settings are shown</source>
        <translation>显示哪些设置</translation>
    </message>
    <message>
        <source>Run name</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>Folder name under runs.</source>
        <translation>runs 下的文件夹名称。</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>The training starts from its weights.</source>
        <translation>训练从它的权重开始。</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Makes prompts of the rows; stored with the model.</source>
        <translation>用它把数据行变成提示词；随模型保存。</translation>
    </message>
    <message>
        <source>Rows per step</source>
        <translation>每步行数</translation>
    </message>
    <message>
        <source>Batch × accumulation. A smaller batch needs less memory.</source>
        <translation>批次 × 累积。批次越小，所需内存越少。</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>打开模型文件夹</translation>
    </message>
    <message>
        <source>The choice was not kept</source>
        <translation>选择未能保存</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
    <message>
        <source>Reset to recipe</source>
        <translation>重置为配方</translation>
    </message>
    <message>
        <source>Take back the reset</source>
        <translation>撤回重置</translation>
    </message>
    <message>
        <source>Take back the settings</source>
        <translation>撤回设置</translation>
    </message>
    <message>
        <source>Take back the recipe</source>
        <translation>撤回配方</translation>
    </message>
    <message>
        <source>Save as recipe</source>
        <translation>另存为配方</translation>
    </message>
    <message>
        <source>Name (a to z, 0 to 9, _ and -)</source>
        <translation>名称（a 到 z、0 到 9、_ 和 -）</translation>
    </message>
    <message>
        <source>The recipe was not saved</source>
        <translation>配方未保存</translation>
    </message>
    <message>
        <source>Replace the recipe?</source>
        <translation>要替换这个配方吗？</translation>
    </message>
    <message>
        <source>The project has a recipe %1 already.</source>
        <translation>项目中已有配方 %1。</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Recipe: nothing.</source>
        <translation>配方：无。</translation>
    </message>
    <message>
        <source>Recipe: %1.</source>
        <translation>配方：%1。</translation>
    </message>
    <message>
        <source>%1 to %2.</source>
        <translation>范围 %1 到 %2。</translation>
    </message>
    <message>
        <source>Recipe: %1 × %2.</source>
        <translation>配方：%1 × %2。</translation>
    </message>
    <message>
        <source>Each 1 to %1.</source>
        <translation>各 1 到 %1。</translation>
    </message>
    <message>
        <source>Sample prompts</source>
        <translation>采样提示词</translation>
    </message>
    <message numerus="yes">
        <source>Those of %Ln chosen row(s), every %1 steps.</source>
        <translation>
            <numerusform>所选 %Ln 行的提示词，每 %1 步回答一次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Those of the first validation rows, every %1 steps.</source>
        <translation>最前面几个验证行的提示词，每 %1 步回答一次。</translation>
    </message>
    <message>
        <source>No setting has these words in its name or help.</source>
        <translation>没有设置的名称或说明含有这些字。</translation>
    </message>
    <message>
        <source>only when Sample every is above 0</source>
        <translation>仅在“采样间隔”大于 0 时有效</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <translation>%1：%2。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) differ from the recipe</source>
        <translation>
            <numerusform>有 %Ln 项设置与配方不同</numerusform>
        </translation>
    </message>
    <message>
        <source>Reset to recipe (%1)</source>
        <translation>重置为配方（%1）</translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsTableModel</name>
    <message>
        <source>%1, differs</source>
        <translation>%1，不同</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsView</name>
    <message>
        <source>The settings of the runs that are ticked will be compared here.</source>
        <translation>勾选的运行，其设置会在这里比较。</translation>
    </message>
    <message>
        <source>The ticked runs have the same settings.</source>
        <translation>勾选的运行设置相同。</translation>
    </message>
    <message>
        <source>Settings of the ticked runs</source>
        <translation>勾选的运行的设置</translation>
    </message>
</context>
<context>
    <name>studio::ui::SetupView</name>
    <message>
        <source>The steps could not be measured</source>
        <translation>无法测量这几步</translation>
    </message>
    <message>
        <source>The same from a terminal</source>
        <translation>等效的终端命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Start training (%1)</source>
        <translation>开始训练（%1）</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>没有打开的项目</translation>
    </message>
    <message>
        <source>Open a project or make a new one.</source>
        <translation>打开一个项目，或新建一个。</translation>
    </message>
    <message>
        <source>The settings were not stored</source>
        <translation>设置未能保存</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>The base model cannot be used</source>
        <translation>此基座模型无法使用</translation>
    </message>
    <message>
        <source>There is no row to train on</source>
        <translation>没有可用于训练的行</translation>
    </message>
    <message>
        <source>Rows that are accepted on the Data page can be trained on.</source>
        <translation>在“数据”页接受的行可用于训练。</translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation>打开“数据”页</translation>
    </message>
    <message>
        <source>Runs in the background</source>
        <translation>在后台运行</translation>
    </message>
    <message>
        <source>Counting tokens</source>
        <translation>正在统计词元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s) to correct first</source>
        <translation>
            <numerusform>先更正 %Ln 个错误</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as recipe…</source>
        <translation>另存为配方…</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>仍要开始</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Starts when the run at work has ended</source>
        <translation>当前运行结束后开始</translation>
    </message>
</context>
<context>
    <name>studio::ui::Sidebar</name>
    <message>
        <source>The loop</source>
        <translation>微调循环</translation>
    </message>
    <message>
        <source>The rooms of the loop</source>
        <translation>微调循环的各个页面</translation>
    </message>
</context>
<context>
    <name>studio::ui::SidebarItem</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>studio::ui::SmallChart</name>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>Fit the whole run</source>
        <translation>显示整个训练过程</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数坐标</translation>
    </message>
    <message>
        <source>Clip spikes</source>
        <translation>裁切尖峰</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>保存为 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>保存为 CSV…</translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitCellDelegate</name>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitDialog</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>of the accepted rows</source>
        <translation>在已接受的行之中</translation>
    </message>
    <message>
        <source>No row would be left to train on. Accept more rows, or lower the shares.</source>
        <translation>没有剩下可用于训练的行。接受更多行，或降低比例。</translation>
    </message>
    <message>
        <source>Split the rows</source>
        <translation>划分数据行</translation>
    </message>
    <message>
        <source>All accepted rows are dealt anew. Rows with the same instruction and input always land in the same split, so that no test question was trained on. Undo brings the old split back.</source>
        <translation>所有已接受的行会重新分配。指令和输入都相同的行总是进入同一个集合，因此测试题不会出现在训练中。撤销可恢复原来的划分。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证集</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>For Compare. Training never looks at it.</source>
        <translation>供“对比”使用。训练从不读取它。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed deals the same rows in the same way.</source>
        <translation>相同的随机种子会以相同方式分配相同的行。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练集</translation>
    </message>
    <message>
        <source>Change their split</source>
        <translation>划分有变动的行</translation>
    </message>
    <message>
        <source>Evaluation loss while training.</source>
        <translation>用于训练中计算评估损失。</translation>
    </message>
</context>
<context>
    <name>studio::ui::StatusCellDelegate</name>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>studio::ui::StepReadout</name>
    <message>
        <source>Reading the rows of this batch.</source>
        <translation>正在读取这个批次的行。</translation>
    </message>
    <message>
        <source>Which rows this batch had was not written down.</source>
        <translation>没有记录这个批次有哪些行。</translation>
    </message>
    <message numerus="yes">
        <source>Highest of the %Ln row(s) in this batch:</source>
        <translation>
            <numerusform>这个批次 %Ln 行中最高的：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln row(s) of this batch:</source>
        <translation>
            <numerusform>这个批次的 %Ln 行：</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (no longer in the project)</source>
        <translation>%1（已不在项目中）</translation>
    </message>
    <message>
        <source>Show these rows in Data</source>
        <translation>在“数据”页显示这些行</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioApplication</name>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %Ln thread(s) · %2</source>
        <translation>
            <numerusform>%1 · %Ln 线程 · %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %Ln core(s)</source>
        <translation>
            <numerusform>CPU · %Ln 核</numerusform>
        </translation>
    </message>
    <message>
        <source>All changes are saved</source>
        <translation>所有更改均已保存</translation>
    </message>
    <message>
        <source>Saved %1 · undo keeps 100 changes</source>
        <translation>%1 已保存 · 可撤销 100 次更改</translation>
    </message>
    <message>
        <source>A training is running</source>
        <translation>训练正在进行</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>My project</source>
        <translation>我的项目</translation>
    </message>
    <message>
        <source>FineTune Studio project (*.ftproj)</source>
        <translation>FineTune Studio 项目 (*.ftproj)</translation>
    </message>
    <message>
        <source>Open a project folder (NAME.ftproj)</source>
        <translation>打开项目文件夹（名称.ftproj）</translation>
    </message>
    <message>
        <source>%1 is not open</source>
        <translation>%1 未打开</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>打开项目…</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止并放弃</translation>
    </message>
    <message>
        <source>The training stops; then the window closes.</source>
        <translation>训练正在停止，之后窗口会关闭。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>The training can go on without the window.</source>
        <translation>没有窗口，训练也能继续。</translation>
    </message>
    <message>
        <source>In the background a process of its own goes on from this step and ends with the same model; opening the project shows it again. Or what was learned so far is kept as a model; before the first step there is nothing to keep.</source>
        <translation>在后台时，由独立的进程从这一步继续，最后得到相同的模型；再次打开项目就会看到它。或者把目前学到的内容保存为模型；完成第一步之前没有可保留的内容。</translation>
    </message>
    <message>
        <source>A training is paused</source>
        <translation>训练已暂停</translation>
    </message>
    <message>
        <source>In the background the training goes on; the pause ends.</source>
        <translation>在后台时训练会继续，暂停随之结束。</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留在这里</translation>
    </message>
    <message>
        <source>The training is handed over; then the window closes.</source>
        <translation>训练正在移交，之后窗口会关闭。</translation>
    </message>
    <message>
        <source>%1 has failed</source>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation>%1 已结束</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>The folder was not opened</source>
        <translation>文件夹未打开</translation>
    </message>
    <message>
        <source>This system has no program that shows folders. The folder is %1.</source>
        <translation>系统没有可显示文件夹的程序。文件夹位于 %1。</translation>
    </message>
    <message>
        <source>deletion of runs</source>
        <translation>删除运行</translation>
    </message>
    <message>
        <source>removal of a model</source>
        <translation>移除模型</translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioStatusBar</name>
    <message>
        <source>Memory %1 of %2 GB</source>
        <translation>内存 %1 / %2 GB</translation>
    </message>
    <message>
        <source>This program uses %1 GB of it</source>
        <translation>此程序占用其中 %1 GB</translation>
    </message>
    <message>
        <source>Disk %1 GB free</source>
        <translation>磁盘可用 %1 GB</translation>
    </message>
    <message>
        <source>On the disk of this project</source>
        <translation>此项目所在的磁盘</translation>
    </message>
</context>
<context>
    <name>studio::ui::TemplateDraft</name>
    <message>
        <source>%1 copy</source>
        <translation>%1 副本</translation>
    </message>
</context>
<context>
    <name>studio::ui::TemplateEditor</name>
    <message numerus="yes">
        <source>used by %Ln run(s)</source>
        <translation>
            <numerusform>已用于 %Ln 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>程序自带</translation>
    </message>
    <message>
        <source>not stored yet</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>stored with the project</source>
        <translation>随项目保存</translation>
    </message>
    <message>
        <source>“%1” stays as it is. This is a copy of it, “%2”, stored with the project.</source>
        <translation>“%1”保持不变。这是它的副本“%2”，随项目保存。</translation>
    </message>
    <message>
        <source>Not stored until it is corrected. Click to go there.</source>
        <translation>更正之后才会保存。点击可跳到该处。</translation>
    </message>
    <message>
        <source>A field is used more than once</source>
        <translation>有字段使用了不止一次</translation>
    </message>
    <message>
        <source>Both fields used once</source>
        <translation>两个字段各使用一次</translation>
    </message>
    <message>
        <source>The instruction is used once</source>
        <translation>指令使用一次</translation>
    </message>
    <message>
        <source>Ends with a line break</source>
        <translation>以换行结尾</translation>
    </message>
    <message>
        <source>Nothing between prompt and response</source>
        <translation>提示词与回答之间没有内容</translation>
    </message>
    <message>
        <source>Does not end with a line break</source>
        <translation>结尾没有换行</translation>
    </message>
    <message>
        <source>With input</source>
        <translation>含输入</translation>
    </message>
    <message>
        <source>Without input</source>
        <translation>不含输入</translation>
    </message>
    <message>
        <source>Response and end</source>
        <translation>回答与结尾</translation>
    </message>
    <message>
        <source>Parts of the template</source>
        <translation>模板的各部分</translation>
    </message>
    <message>
        <source>Template editor</source>
        <translation>模板编辑器</translation>
    </message>
    <message>
        <source>Prompt of a row with input</source>
        <translation>有输入的行的提示词</translation>
    </message>
    <message>
        <source>Prompt of a row without input</source>
        <translation>没有输入的行的提示词</translation>
    </message>
    <message>
        <source>Between prompt and response</source>
        <translation>提示词与回答之间</translation>
    </message>
    <message>
        <source>Part of the prompt; \n is a line break, \t a tab, \\ a backslash.</source>
        <translation>属于提示词；\n 表示换行，\t 表示制表符，\\ 表示反斜杠。</translation>
    </message>
    <message>
        <source>End the response with the end token</source>
        <translation>在回答末尾加上结束词元</translation>
    </message>
    <message>
        <source>So the model learns where an answer ends. Without it, it goes on until the longest answer is reached.</source>
        <translation>让模型学会回答在哪里结束。没有它，生成会一直进行到最长回答为止。</translation>
    </message>
    <message>
        <source>Insert field</source>
        <translation>插入字段</translation>
    </message>
    <message>
        <source>Insert field (Ctrl+Space)</source>
        <translation>插入字段（Ctrl+Space）</translation>
    </message>
    <message>
        <source>“%1” stays as it is. This is a copy of it, “%2”, stored as soon as its fault is corrected.</source>
        <translation>“%1”保持不变。这是它的副本“%2”，错误修正后才会保存。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>Chat template of the model</source>
        <translation>模型的对话模板</translation>
    </message>
    <message>
        <source>“With input” and “Without input” give the user&apos;s message. The model&apos;s chat template puts its own marks around the message and the response.</source>
        <translation>“含输入”和“不含输入”是用户消息的内容。模型的对话模板会在该消息和回答的前后加上自己的标记。</translation>
    </message>
    <message>
        <source>Each response ends with %1, the end mark of the chat template: there the model learns to stop.</source>
        <translation>每个回答都以对话模板的结束标记 %1 结尾，模型由此学会在哪里停下。</translation>
    </message>
    <message>
        <source>How the model&apos;s makers wrote down its chat format, in the language Jinja. It comes with the model and cannot be changed here; “What the model sees” shows the result.</source>
        <translation>这是模型开发者用 Jinja 语言写下的对话格式，随模型提供，不能在这里修改；“模型看到的内容”显示套用后的结果。</translation>
    </message>
</context>
<context>
    <name>studio::ui::TestPromptModel</name>
    <message>
        <source>not asked</source>
        <translation>未提问</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在生成</translation>
    </message>
    <message>
        <source>exact match</source>
        <translation>精确匹配</translation>
    </message>
    <message>
        <source>no exact match</source>
        <translation>未精确匹配</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Exact match of the base model</source>
        <translation>基座模型的精确匹配</translation>
    </message>
    <message>
        <source>Exact match of the fine-tuned model</source>
        <translation>微调后模型的精确匹配</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation>微调后</translation>
    </message>
    <message>
        <source>Exact match of the first model</source>
        <translation>第一个模型的精确匹配</translation>
    </message>
    <message>
        <source>Exact match of the second model</source>
        <translation>第二个模型的精确匹配</translation>
    </message>
    <message>
        <source>First</source>
        <translation>第一</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>第二</translation>
    </message>
</context>
<context>
    <name>studio::ui::TestPromptPanel</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微调后模型</translation>
    </message>
    <message>
        <source>%1: nothing answered yet</source>
        <translation>%1：还没有回答</translation>
    </message>
    <message>
        <source>%1: %2 of %3 (%4 %)</source>
        <translation>%1：%2 / %3（%4%）</translation>
    </message>
    <message>
        <source>Test split</source>
        <translation>测试集</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>全部回答</translation>
    </message>
    <message>
        <source>Only one is right</source>
        <translation>只有一方正确</translation>
    </message>
    <message>
        <source>Fine-tuned not exact</source>
        <translation>微调后未精确匹配</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未提问</translation>
    </message>
    <message>
        <source>Which prompts are listed</source>
        <translation>列出哪些提示词</translation>
    </message>
    <message>
        <source>Test prompts</source>
        <translation>测试提示词</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>精确匹配</translation>
    </message>
    <message>
        <source>Run all test prompts</source>
        <translation>运行全部测试提示词</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>停止（Esc）</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Rows of the test split will be listed here. There are none yet.</source>
        <translation>测试集的行会列在这里。目前还没有。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往“数据”</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>第一个模型</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二个模型</translation>
    </message>
    <message>
        <source>Second not exact</source>
        <translation>第二个未精确匹配</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenLegend</name>
    <message>
        <source>Legend: prompt tokens are not trained, response tokens are</source>
        <translation>图例：提示词的词元不训练，回答的词元训练</translation>
    </message>
    <message>
        <source>Prompt, not trained</source>
        <translation>提示词（不训练）</translation>
    </message>
    <message>
        <source>Response, trained</source>
        <translation>回答（训练）</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>截断</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenPanel</name>
    <message numerus="yes">
        <source>%Ln token(s) of fixed text</source>
        <translation>
            <numerusform>%Ln 个固定文本词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Tokens of row %1</source>
        <translation>第 %1 行的词元</translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3 + end %4</source>
        <translation>%1 = 提示词 %2 + 回答 %3 + 结束 %4</translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3</source>
        <translation>%1 = 提示词 %2 + 回答 %3</translation>
    </message>
    <message>
        <source>The whole response is cut</source>
        <translation>整个回答都被截断</translation>
    </message>
    <message>
        <source>Nothing to learn: no response</source>
        <translation>没有可学习的内容：没有回答</translation>
    </message>
    <message>
        <source>The end is cut</source>
        <translation>结尾被截断</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Show the number of each token</source>
        <translation>显示每个词元的编号</translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation>该行的词元</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenView</name>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>Prompt token</source>
        <translation>提示词词元</translation>
    </message>
    <message>
        <source>Response token</source>
        <translation>回答词元</translation>
    </message>
    <message>
        <source>End token</source>
        <translation>结束词元</translation>
    </message>
    <message>
        <source>Cut token</source>
        <translation>被截断的词元</translation>
    </message>
    <message>
        <source>cut off, never seen in training</source>
        <translation>已截断，训练时看不到</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>参与训练</translation>
    </message>
    <message>
        <source>not trained</source>
        <translation>不参与训练</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1，第 %2 个，共 %3 个</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>第 %1 到 %2 字节</translation>
    </message>
    <message>
        <source>%1, id %2, “%3”, %4, %5</source>
        <translation>%1，编号 %2，“%3”，%4，%5</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation>复制编号</translation>
    </message>
</context>
<context>
    <name>studio::ui::TrainPage</name>
    <message>
        <source>Last run</source>
        <translation>上次运行</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Stop the training (%1)</source>
        <translation>停止训练（%1）</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>The runs cannot be listed</source>
        <translation>无法列出运行记录</translation>
    </message>
    <message>
        <source>The training was not started</source>
        <translation>训练未能开始</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全部权重</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>停止训练？</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Next: compare</source>
        <translation>下一步：对比</translation>
    </message>
    <message>
        <source>After this: base and fine-tuned model answer the same prompts</source>
        <translation>之后：基座模型与微调后模型回答相同的提示词</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>评估中</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>保存中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>You can leave this page; training goes on</source>
        <translation>可以离开此页，训练会继续</translation>
    </message>
    <message>
        <source>Next: compare with the base model</source>
        <translation>下一步：与基座模型对比</translation>
    </message>
    <message>
        <source>Both answer the same prompts, side by side</source>
        <translation>两个模型并排回答相同的提示词</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>Save the chart as PNG</source>
        <translation>将图表保存为 PNG</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation>图表未能保存</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>无法写入 %1。选择其他文件夹。</translation>
    </message>
    <message>
        <source>Save the figures as CSV</source>
        <translation>将数据保存为 CSV</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗号分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>The figures were not saved</source>
        <translation>数据未能保存</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止并放弃</translation>
    </message>
    <message>
        <source>The run %1 was discarded</source>
        <translation>已放弃运行记录 %1</translation>
    </message>
    <message>
        <source>The training goes on until you answer.</source>
        <translation>在你回答之前，训练会继续进行。</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared; before the first step there is nothing to keep. Discarding moves what is left of the run to the trash.</source>
        <translation>目前学到的内容可以保存为模型并用来比较；完成第一步之前没有可保留的内容。放弃则会将这次运行留下的内容移到回收站。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the run %1 was discarded</source>
        <translation>一步也未完成，没有可保留的内容：已放弃运行记录 %1</translation>
    </message>
    <message>
        <source>The run could not be asked</source>
        <translation>无法向这次运行提出请求</translation>
    </message>
    <message>
        <source>The next step has the new learning rate: its peak is %1</source>
        <translation>下一步起使用新的学习率，峰值为 %1</translation>
    </message>
    <message>
        <source>The training is paused until you answer.</source>
        <translation>在你回答之前，训练保持暂停。</translation>
    </message>
    <message>
        <source>Leave it paused</source>
        <translation>保持暂停</translation>
    </message>
    <message>
        <source>The run does not go on in the background</source>
        <translation>这次运行没有在后台继续</translation>
    </message>
    <message>
        <source>Go on from step %1 with half the rate</source>
        <translation>以一半学习率从第 %1 步继续</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted at step %1. Its newest checkpoint is of step %2.</source>
        <translation>训练这次运行的进程已不存在：中断于第 %1 步。最新的检查点在第 %2 步。</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted before its first step. Start a new run.</source>
        <translation>训练这次运行的进程已不存在：在第一步之前就中断了。请新建运行。</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted at step %1, before its first checkpoint. Start a new run.</source>
        <translation>训练这次运行的进程已不存在：中断于第 %1 步，还没有检查点。请新建运行。</translation>
    </message>
    <message>
        <source>The run was left at step %1 and can go on from there.</source>
        <translation>这次运行停在第 %1 步，可以从那里继续。</translation>
    </message>
    <message>
        <source>Resume from step %1</source>
        <translation>从第 %1 步继续训练</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>显示运行</translation>
    </message>
    <message>
        <source>Learning rate…</source>
        <translation>学习率…</translation>
    </message>
    <message>
        <source>Another learning rate from the next step on (%1)</source>
        <translation>从下一步起改用其他学习率（%1）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on training (%1)</source>
        <translation>继续训练（%1）</translation>
    </message>
    <message>
        <source>Pause after the step at work (%1)</source>
        <translation>完成当前这一步后暂停（%1）</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>即将暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>正在移交</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>A process of its own trains this run; it goes on when the window is closed</source>
        <translation>这次运行由独立的进程训练，关闭窗口后仍会继续</translation>
    </message>
    <message>
        <source>Paused: what was learned so far is in a checkpoint</source>
        <translation>已暂停：目前学到的内容在检查点中</translation>
    </message>
    <message>
        <source>Paused: nothing is trained until it goes on</source>
        <translation>已暂停：继续之前不会训练</translation>
    </message>
    <message>
        <source>in the background</source>
        <translation>在后台</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>The run was not queued</source>
        <translation>运行未加入队列</translation>
    </message>
    <message>
        <source>%1 waits in the queue</source>
        <translation>%1 正在队列中等待</translation>
    </message>
    <message>
        <source>The queue was not started</source>
        <translation>队列未开始</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 未能开始：%2</translation>
    </message>
    <message>
        <source>The queue was not changed</source>
        <translation>队列未更改</translation>
    </message>
    <message>
        <source>The settings were not taken over</source>
        <translation>设置未能带入</translation>
    </message>
    <message>
        <source>The run %1 is kept as it was at its newest checkpoint</source>
        <translation>运行 %1 保留在最新检查点的状态</translation>
    </message>
    <message>
        <source>%1 was not resumed: another run is at work. Resume it when that has ended.</source>
        <translation>%1 未继续：另一个运行正在进行。请在它结束后再继续。</translation>
    </message>
    <message>
        <source>The run %1 is no longer on the disk</source>
        <translation>运行 %1 已不在磁盘上</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared. Discarding removes the checkpoints, also those of before: the run cannot go on, and stays in Runs as a record.</source>
        <translation>目前学到的内容可以保存为模型并用于比较。放弃会移除检查点，之前的也一并移除：该运行无法再继续，但仍列在“运行记录”页。</translation>
    </message>
    <message>
        <source>The run %1 was discarded; its record stays in Runs</source>
        <translation>已放弃运行记录 %1；它仍列在“运行记录”页</translation>
    </message>
    <message>
        <source>The rows of this run are in another project</source>
        <translation>该运行的数据行属于另一个项目</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared. Discarding removes the checkpoints: the run cannot go on, and stays in Runs as a record.</source>
        <translation>目前学到的内容可以保存为模型并用于比较。放弃会移除检查点：该运行无法再继续，但仍列在“运行记录”页。</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the run %1 is in the trash</source>
        <translation>一步也未完成，没有可保留的内容：运行记录 %1 已移到回收站</translation>
    </message>
    <message>
        <source>The run %1 was discarded; its record is in the trash</source>
        <translation>已放弃运行记录 %1，并移到回收站</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the record of %1 stays in Runs</source>
        <translation>一步也未完成，没有可保留的内容：运行记录 %1 仍列在“运行记录”页</translation>
    </message>
</context>
</TS>
