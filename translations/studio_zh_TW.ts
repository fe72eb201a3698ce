<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Adapters</name>
    <message>
        <source>Choose the base model of the adapter %1</source>
        <translation>選擇適配器 %1 的基礎模型</translation>
    </message>
    <message>
        <source>Choose the base model of the adapter %1: %2</source>
        <translation>選擇適配器 %1 的基礎模型：%2</translation>
    </message>
</context>
<context>
    <name>Download</name>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 和另外 %2 個</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>No access token was found; only private and gated models need one.</source>
        <translation>沒有找到存取權杖；只有私人與需申請的模型才需要。</translation>
    </message>
    <message>
        <source>Asked with the access token from %1.</source>
        <translation>已使用來自 %1 的存取權杖詢問。</translation>
    </message>
    <message>
        <source>The access token from %1 is not sent to %2, which only the pasted address names. Type the hub&apos;s address yourself to send it.</source>
        <translation>來自 %1 的存取權杖不會送到 %2，因為只有貼上的位址提到它。若要送出，請自行輸入模型平台的位址。</translation>
    </message>
    <message>
        <source>The access token from %1 is not sent: the hub&apos;s address is not https.</source>
        <translation>不會送出來自 %1 的存取權杖：模型平台的位址不是 https。</translation>
    </message>
    <message>
        <source>Putting the folder in its place</source>
        <translation>正在將資料夾放到定位</translation>
    </message>
    <message>
        <source>Checking what is there: %1</source>
        <translation>正在檢查已有的內容：%1</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>約剩 %1</translation>
    </message>
    <message>
        <source>%1 of %2 files</source>
        <translation>%1/%2 個檔案</translation>
    </message>
    <message>
        <source>Everything was there already and right.</source>
        <translation>所有檔案原本就在，且內容正確。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) fetched (%1 in %2).</source>
        <translation>
            <numerusform>已下載 %Ln 個檔案（%1，用時 %2）。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is in %2.</source>
        <translation>%1 位於 %2。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) were there already and right.</source>
        <translation>
            <numerusform>%Ln 個檔案原本就在，且內容正確。</numerusform>
        </translation>
    </message>
    <message>
        <source>The hub states no checksum of %1; only the size was compared.</source>
        <translation>模型平台沒有提供 %1 的校驗和，只比對了大小。</translation>
    </message>
    <message>
        <source>Of an earlier commit, and left in the folder: %1.</source>
        <translation>屬於較早的提交、仍留在資料夾中：%1。</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>This request cannot be carried out.</source>
        <translation>無法執行這項要求。</translation>
    </message>
    <message>
        <source>This request cannot be carried out: %1.</source>
        <translation>無法執行這項要求：%1。</translation>
    </message>
    <message>
        <source>Check what was entered.</source>
        <translation>請檢查輸入的內容。</translation>
    </message>
    <message>
        <source>A file is not there.</source>
        <translation>找不到檔案。</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>找不到 %1。</translation>
    </message>
    <message>
        <source>Check the name, or choose another file.</source>
        <translation>請檢查名稱，或選擇其他檔案。</translation>
    </message>
    <message>
        <source>A file cannot be read.</source>
        <translation>無法讀取檔案。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>無法讀取 %1。</translation>
    </message>
    <message>
        <source>Check its permissions, or choose another file.</source>
        <translation>請檢查檔案權限，或選擇其他檔案。</translation>
    </message>
    <message>
        <source>A file cannot be written.</source>
        <translation>無法寫入檔案。</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>無法寫入 %1。</translation>
    </message>
    <message>
        <source>Check the permissions of the folder, or choose another one.</source>
        <translation>請檢查資料夾權限，或選擇其他資料夾。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁碟已滿。</translation>
    </message>
    <message>
        <source>The disk is full; %1 was not written.</source>
        <translation>磁碟已滿，%1 未寫入。</translation>
    </message>
    <message>
        <source>Make room and try again. What was stored before is unharmed.</source>
        <translation>騰出空間後再試一次。先前儲存的內容不受影響。</translation>
    </message>
    <message>
        <source>A file is not in the format it should be.</source>
        <translation>檔案的格式不符。</translation>
    </message>
    <message>
        <source>%1 is not in the format it should be.</source>
        <translation>%1 的格式不符。</translation>
    </message>
    <message>
        <source>Check the file, or choose another one.</source>
        <translation>請檢查檔案，或選擇其他檔案。</translation>
    </message>
    <message>
        <source>A file is not UTF-8 text.</source>
        <translation>檔案不是 UTF-8 文字。</translation>
    </message>
    <message>
        <source>%1 is not UTF-8 text.</source>
        <translation>%1 不是 UTF-8 文字。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation>請另存為 UTF-8 後再試一次。</translation>
    </message>
    <message>
        <source>There is nothing usable in the file.</source>
        <translation>檔案中沒有可用的內容。</translation>
    </message>
    <message>
        <source>There is nothing usable in %1.</source>
        <translation>%1 中沒有可用的內容。</translation>
    </message>
    <message>
        <source>Choose a file with records.</source>
        <translation>請選擇含有紀錄的檔案。</translation>
    </message>
    <message>
        <source>This version does not read this format.</source>
        <translation>此版本不支援讀取這種格式。</translation>
    </message>
    <message>
        <source>This version does not read the format of %1.</source>
        <translation>此版本不支援讀取 %1 的格式。</translation>
    </message>
    <message>
        <source>Convert the file to Alpaca JSON or JSONL.</source>
        <translation>請將檔案轉換為 Alpaca JSON 或 JSONL。</translation>
    </message>
    <message>
        <source>A setting is outside its range.</source>
        <translation>有一項設定超出範圍。</translation>
    </message>
    <message>
        <source>The setting %1 is outside its range.</source>
        <translation>設定 %1 超出範圍。</translation>
    </message>
    <message>
        <source>Correct it and try again.</source>
        <translation>請修正後再試一次。</translation>
    </message>
    <message>
        <source>The prompt template has a mistake.</source>
        <translation>提示模板有誤。</translation>
    </message>
    <message>
        <source>The prompt template has a mistake: %1.</source>
        <translation>提示模板有誤：%1。</translation>
    </message>
    <message>
        <source>Correct it on the Prompts page.</source>
        <translation>請到提示模板頁修正。</translation>
    </message>
    <message>
        <source>The model&apos;s config.json has a mistake.</source>
        <translation>模型的 config.json 有誤。</translation>
    </message>
    <message>
        <source>%1 has a mistake.</source>
        <translation>%1 有誤。</translation>
    </message>
    <message>
        <source>Get the model again, or choose another one.</source>
        <translation>請重新取得模型，或選擇其他模型。</translation>
    </message>
    <message>
        <source>This version does not know this kind of model.</source>
        <translation>此版本不支援這種模型。</translation>
    </message>
    <message>
        <source>This version does not know the kind of model in %1.</source>
        <translation>此版本不支援 %1 中的這種模型。</translation>
    </message>
    <message>
        <source>Choose a model of a family that this version knows.</source>
        <translation>請選擇這個版本認得的系列中的模型。</translation>
    </message>
    <message>
        <source>The model&apos;s weights are damaged or do not fit its config.json.</source>
        <translation>模型的權重已損壞，或與 config.json 不符。</translation>
    </message>
    <message>
        <source>The weights in %1 are damaged or do not fit config.json.</source>
        <translation>%1 中的權重已損壞，或與 config.json 不符。</translation>
    </message>
    <message>
        <source>The tokenizer&apos;s files are missing or damaged.</source>
        <translation>分詞器的檔案遺失或損壞。</translation>
    </message>
    <message>
        <source>The tokenizer in %1 is missing or damaged.</source>
        <translation>%1 中的分詞器遺失或損壞。</translation>
    </message>
    <message>
        <source>This is not a project, or its database is damaged.</source>
        <translation>這不是專案，或其資料庫已損壞。</translation>
    </message>
    <message>
        <source>%1 is not a project, or its database is damaged.</source>
        <translation>%1 不是專案，或其資料庫已損壞。</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>請選擇其他資料夾。</translation>
    </message>
    <message>
        <source>The project was written by a newer version.</source>
        <translation>此專案由較新的版本寫入。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version.</source>
        <translation>%1 由較新的版本寫入。</translation>
    </message>
    <message>
        <source>Open it with that version.</source>
        <translation>請用該版本開啟。</translation>
    </message>
    <message>
        <source>The project&apos;s database refused the change; nothing was changed.</source>
        <translation>專案的資料庫拒絕這項變更，內容維持不變。</translation>
    </message>
    <message>
        <source>The database %1 refused the change; nothing was changed.</source>
        <translation>資料庫 %1 拒絕這項變更，內容維持不變。</translation>
    </message>
    <message>
        <source>Close other programs that use this project and try again.</source>
        <translation>請關閉其他正在使用此專案的程式，再試一次。</translation>
    </message>
    <message>
        <source>There is no row to train on.</source>
        <translation>沒有可供訓練的列。</translation>
    </message>
    <message>
        <source>Import rows on the Data page, or put rows into the train split.</source>
        <translation>請在資料頁匯入列，或將列分到訓練集。</translation>
    </message>
    <message>
        <source>No row has a response within the cutoff.</source>
        <translation>沒有任何一列的回應落在截斷長度之內。</translation>
    </message>
    <message>
        <source>Raise the cutoff.</source>
        <translation>請提高截斷長度。</translation>
    </message>
    <message>
        <source>The loss is no longer a number: the training diverged.</source>
        <translation>損失已不是數值：訓練發散了。</translation>
    </message>
    <message>
        <source>The loss is no longer a number at step %1: the training diverged.</source>
        <translation>損失在第 %1 步已不是數值：訓練發散了。</translation>
    </message>
    <message>
        <source>Start again with half the learning rate.</source>
        <translation>將學習率減半後重新開始。</translation>
    </message>
    <message>
        <source>The job needs more memory than is free.</source>
        <translation>這項工作需要的記憶體多於可用的記憶體。</translation>
    </message>
    <message>
        <source>The chosen device is not on this machine.</source>
        <translation>這台電腦沒有所選的裝置。</translation>
    </message>
    <message>
        <source>The device %1 is not on this machine.</source>
        <translation>這台電腦沒有裝置 %1。</translation>
    </message>
    <message>
        <source>Choose auto or cpu as the device.</source>
        <translation>請將裝置改為 auto 或 cpu。</translation>
    </message>
    <message>
        <source>The training engine could not be loaded.</source>
        <translation>無法載入訓練引擎。</translation>
    </message>
    <message>
        <source>The training engine %1 could not be loaded.</source>
        <translation>無法載入訓練引擎 %1。</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>請重新安裝程式。</translation>
    </message>
    <message>
        <source>A run of this name is there already.</source>
        <translation>已有同名的執行紀錄。</translation>
    </message>
    <message>
        <source>A run named %1 is there already.</source>
        <translation>已有名為 %1 的執行紀錄。</translation>
    </message>
    <message>
        <source>Choose another run name.</source>
        <translation>請改用其他執行名稱。</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>程式發生錯誤。</translation>
    </message>
    <message>
        <source>Copy the details and report them.</source>
        <translation>請複製詳細資訊並回報。</translation>
    </message>
    <message>
        <source>The job needs more memory than is free: about %1.</source>
        <translation>這項工作需要的記憶體多於可用的記憶體：約 %1。</translation>
    </message>
    <message>
        <source>Halve the rows of a batch and double the accumulation, use a smaller cutoff, or choose a smaller model.</source>
        <translation>請將批次列數減半並將累積加倍、縮短截斷長度，或改選較小的模型。</translation>
    </message>
    <message>
        <source>Another process writes this run.</source>
        <translation>另一個程序正在寫入這次執行。</translation>
    </message>
    <message>
        <source>Another process writes the run %1, or may do so.</source>
        <translation>另一個程序正在寫入執行 %1，或可能正在寫入。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it; then the run can go on.</source>
        <translation>請等它結束，或將它停止；之後這次執行便可接續。</translation>
    </message>
    <message>
        <source>This run is ending, or being handed over, already.</source>
        <translation>這次執行已在結束或移交中。</translation>
    </message>
    <message>
        <source>The run %1 is ending, or being handed over, already.</source>
        <translation>執行 %1 已在結束或移交中。</translation>
    </message>
    <message>
        <source>Wait a moment; Runs shows what becomes of it.</source>
        <translation>請稍候；「執行紀錄」會顯示結果。</translation>
    </message>
    <message>
        <source>What was asked of a server did not arrive as it should.</source>
        <translation>向伺服器要求的內容未能正常送達。</translation>
    </message>
    <message>
        <source>What was asked of %1 did not arrive as it should.</source>
        <translation>向 %1 要求的內容未能正常送達。</translation>
    </message>
    <message>
        <source>Check the connection and try again; what has arrived is kept.</source>
        <translation>請檢查網路連線後再試一次；已收到的部分會保留。</translation>
    </message>
    <message>
        <source>A server refuses access without the right token.</source>
        <translation>沒有正確的權杖，伺服器拒絕存取。</translation>
    </message>
    <message>
        <source>The server refuses access to %1 without the right token.</source>
        <translation>沒有正確的權杖，伺服器拒絕存取 %1。</translation>
    </message>
    <message>
        <source>Accept the terms on the model&apos;s page where it has some, and set a token that may read it.</source>
        <translation>若模型頁面有使用條款，請先接受，並設定有權讀取該模型的權杖。</translation>
    </message>
    <message>
        <source>%1 asks for something that this version does not know: %2.</source>
        <translation>%1 用到這個版本不支援的項目：%2。</translation>
    </message>
    <message>
        <source>Choose a model of one of these architectures: %3.</source>
        <translation>請選擇屬於下列架構之一的模型：%3。</translation>
    </message>
    <message>
        <source>There is no config.json in %1.</source>
        <translation>%1 中沒有 config.json。</translation>
    </message>
    <message>
        <source>Choose a model folder in the Hugging Face layout.</source>
        <translation>請選擇 Hugging Face 格式的模型資料夾。</translation>
    </message>
    <message>
        <source>%1 holds a LoRA adapter and no model.</source>
        <translation>%1 是 LoRA 適配器，不是模型。</translation>
    </message>
    <message>
        <source>Choose the adapter&apos;s base model, and this folder as the adapter beside it.</source>
        <translation>請選擇適配器的基礎模型，再把這個資料夾當作搭配它的適配器。</translation>
    </message>
    <message>
        <source>The folder %1 is not there.</source>
        <translation>資料夾 %1 不存在。</translation>
    </message>
    <message>
        <source>Bring it back, or remove the model from the list.</source>
        <translation>請把它放回原處，或將模型從清單移除。</translation>
    </message>
    <message>
        <source>This cannot be the name of a model.</source>
        <translation>這不能當作模型的名稱。</translation>
    </message>
    <message>
        <source>Use at most %2 bytes on one line.</source>
        <translation>請用單行、最多 %2 位元組的名稱。</translation>
    </message>
    <message>
        <source>The tokenizer has %2 tokens, and the model has embeddings for %3.</source>
        <translation>分詞器有 %2 個詞元，模型的嵌入只有 %3 個。</translation>
    </message>
    <message>
        <source>Put the tokenizer into the folder that belongs to this model.</source>
        <translation>請把屬於這個模型的分詞器放進資料夾。</translation>
    </message>
    <message>
        <source>%1 has a setting that this version does not read: %2.</source>
        <translation>%1 含有這個版本不支援的設定：%2。</translation>
    </message>
    <message>
        <source>Choose a LoRA adapter of PEFT without it.</source>
        <translation>請選擇沒有這項設定的 PEFT LoRA 適配器。</translation>
    </message>
    <message>
        <source>%1 does not fit the base model, or is damaged: %2.</source>
        <translation>%1 與基礎模型不相符，或已損壞：%2。</translation>
    </message>
    <message>
        <source>Choose the model that the adapter was made for, or get the adapter again.</source>
        <translation>請選擇適配器原本對應的模型，或重新取得適配器。</translation>
    </message>
    <message>
        <source>The adapter in %1 has no weights (adapter_model.safetensors or adapter_model.bin).</source>
        <translation>%1 中的適配器沒有權重（adapter_model.safetensors 或 adapter_model.bin）。</translation>
    </message>
    <message>
        <source>Get the adapter again, with its weights.</source>
        <translation>請重新取得包含權重的適配器。</translation>
    </message>
    <message>
        <source>Open the adapter again and choose the folder of its base model.</source>
        <translation>請重新開啟適配器，並選擇其基礎模型的資料夾。</translation>
    </message>
    <message>
        <source>A GGUF file cannot hold a model of the architecture %1: llama.cpp does not compute %2.</source>
        <translation>GGUF 檔案無法存放架構為 %1 的這個模型，llama.cpp 不支援：%2。</translation>
    </message>
    <message>
        <source>Use the model as it is, in the Hugging Face layout.</source>
        <translation>請直接使用 Hugging Face 格式的模型。</translation>
    </message>
    <message>
        <source>A GGUF file cannot hold the tokenizer %1: llama.cpp does not know %2.</source>
        <translation>GGUF 檔案無法存放分詞器 %1，llama.cpp 不支援：%2。</translation>
    </message>
    <message>
        <source>The tensor %1 has a number that is too large for %2.</source>
        <translation>張量 %1 中有 %2 容納不下的數值。</translation>
    </message>
    <message>
        <source>Choose F32 or BF16.</source>
        <translation>請選擇 F32 或 BF16。</translation>
    </message>
    <message>
        <source>The tensor %1 has a number that is not finite.</source>
        <translation>張量 %1 中有不是有限值的數值。</translation>
    </message>
    <message>
        <source>Choose a model whose training did not diverge.</source>
        <translation>請選擇訓練沒有發散的模型。</translation>
    </message>
    <message>
        <source>%1 is there already and is no GGUF file.</source>
        <translation>%1 已經存在，而且不是 GGUF 檔案。</translation>
    </message>
    <message>
        <source>Choose another name, or remove the file.</source>
        <translation>請換一個名稱，或移除那個檔案。</translation>
    </message>
    <message>
        <source>%1 is there already.</source>
        <translation>%1 已經存在。</translation>
    </message>
    <message>
        <source>Choose a folder that is not there yet.</source>
        <translation>請選擇尚不存在的資料夾。</translation>
    </message>
    <message>
        <source>%1 needs about %2, but %3 are free there.</source>
        <translation>%1 約需 %2，但該處只剩 %3 可用。</translation>
    </message>
    <message>
        <source>Make room there, or choose another disk.</source>
        <translation>請在該處騰出空間，或選擇另一個磁碟。</translation>
    </message>
    <message>
        <source>%1 is there already, and is not a download of this program.</source>
        <translation>%1 已經存在，而且不是本程式下載的。</translation>
    </message>
    <message>
        <source>Choose another folder to download into, or move this one away.</source>
        <translation>請選擇另一個下載資料夾，或把這個移到別處。</translation>
    </message>
    <message>
        <source>%1 holds a download of %2.</source>
        <translation>%1 中是 %2 的下載內容。</translation>
    </message>
    <message>
        <source>Choose another folder to download into, or remove this one.</source>
        <translation>請選擇另一個下載資料夾，或移除這個。</translation>
    </message>
    <message>
        <source>%1 is a file, not a folder.</source>
        <translation>%1 是檔案，不是資料夾。</translation>
    </message>
    <message>
        <source>Choose a folder to download into.</source>
        <translation>請選擇下載用的資料夾。</translation>
    </message>
    <message>
        <source>Another process is downloading into %1 just now.</source>
        <translation>另一個程序正在下載到 %1。</translation>
    </message>
    <message>
        <source>Wait for its end, or stop it; then the download can go on.</source>
        <translation>請等它結束或將它停止，之後就能繼續下載。</translation>
    </message>
    <message>
        <source>The address of the hub, %1, is not one such as https://huggingface.co.</source>
        <translation>模型平台的位址 %1 不是像 https://huggingface.co 那樣的位址。</translation>
    </message>
    <message>
        <source>Correct it; it has no name, password or query.</source>
        <translation>請修正它；位址中不含使用者名稱、密碼或查詢字串。</translation>
    </message>
    <message>
        <source>%1 is not the name of a revision.</source>
        <translation>「%1」不是版本的名稱。</translation>
    </message>
    <message>
        <source>Give a branch, a tag or a commit, such as main.</source>
        <translation>請輸入分支、標籤或提交，例如 main。</translation>
    </message>
    <message>
        <source>%1 does not answer as a model hub does.</source>
        <translation>%1 的回覆不像模型平台。</translation>
    </message>
    <message>
        <source>Check the address of the hub.</source>
        <translation>請檢查模型平台的位址。</translation>
    </message>
    <message>
        <source>What %1 holds is no access token.</source>
        <translation>%1 中的內容不是存取權杖。</translation>
    </message>
    <message>
        <source>Correct it, or remove it to go on without a token.</source>
        <translation>請修正它，或移除它以便不用權杖繼續。</translation>
    </message>
    <message>
        <source>There is no model %1 on the hub.</source>
        <translation>模型平台上沒有模型 %1。</translation>
    </message>
    <message>
        <source>Check the name and the revision; a private model needs a token.</source>
        <translation>請檢查名稱與版本；私人模型需要權杖。</translation>
    </message>
    <message>
        <source>The model %2 has no revision %1.</source>
        <translation>模型 %2 沒有版本「%1」。</translation>
    </message>
    <message>
        <source>Give a branch, a tag or a commit of it.</source>
        <translation>請輸入它的分支、標籤或提交。</translation>
    </message>
    <message>
        <source>There is no file %1 in the model %2, though it is listed.</source>
        <translation>模型 %2 中沒有檔案 %1，雖然清單列出了它。</translation>
    </message>
    <message>
        <source>Try again; if it stays so, the hub, or the mirror, is not whole.</source>
        <translation>請再試一次；若仍然如此，表示模型平台或鏡像站不完整。</translation>
    </message>
    <message>
        <source>%1 has had too many requests.</source>
        <translation>%1 收到的請求過多。</translation>
    </message>
    <message>
        <source>Try again later; what has arrived is kept.</source>
        <translation>請稍後再試；已下載的內容會保留。</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>無法連線到 %1。</translation>
    </message>
    <message>
        <source>Check the network, the proxy settings and the address of the hub.</source>
        <translation>請檢查網路、代理設定與模型平台的位址。</translation>
    </message>
    <message>
        <source>The certificate of %1, or of where it leads, does not hold.</source>
        <translation>%1 或它轉往之處的憑證無效。</translation>
    </message>
    <message>
        <source>Check the clock of this machine and its package ca-certificates.</source>
        <translation>請檢查這台電腦的時鐘與 ca-certificates 套件。</translation>
    </message>
    <message>
        <source>The model %1 is gated: its owner wants its terms accepted first.</source>
        <translation>模型 %1 需先申請：擁有者要求先接受其條款。</translation>
    </message>
    <message>
        <source>Accept them at %2, and set a token of the same account.</source>
        <translation>請在 %2 接受條款，並設定同一帳號的權杖。</translation>
    </message>
    <message>
        <source>The model of the run %2 is not whole. Missing: %1.</source>
        <translation>執行紀錄 %2 的模型不完整。缺少：%1。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or train again with the same settings.</source>
        <translation>請從備份放回原處，或用相同的設定重新訓練。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or resume the run, which saves its model anew.</source>
        <translation>請從備份放回原處，或接續訓練，模型會重新儲存。</translation>
    </message>
    <message>
        <source>The base model of the adapter in %1 is not there: %2.</source>
        <translation>找不到 %1 中的適配器的基礎模型：%2。</translation>
    </message>
    <message>
        <source>The adapter in %1 does not say which base model it was made for.</source>
        <translation>%1 中的適配器沒有說明它是為哪個基礎模型製作的。</translation>
    </message>
    <message>
        <source>Choose a model without it.</source>
        <translation>請選擇沒有用到它的模型。</translation>
    </message>
    <message>
        <source>Put it back from a copy, or export the run&apos;s adapter, merged into its base model.</source>
        <translation>請從備份放回原處，或將這次執行的適配器合併到基礎模型後匯出。</translation>
    </message>
    <message>
        <source>%1 holds NaN or infinity in the tensor %2.</source>
        <translation>%1 的張量 %2 含有 NaN 或無限大。</translation>
    </message>
    <message>
        <source>Get the adapter again, or train it again with a lower learning rate.</source>
        <translation>請重新取得適配器，或以較低的學習率重新訓練。</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>full</source>
        <translation>全參數</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>週期（epoch）</translation>
    </message>
    <message>
        <source>Passes over the train rows; not used when a number of steps is set.</source>
        <translation>完整讀過訓練列的次數；設定步數時不採用。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>Size of one step at its peak; too high shows as spikes in the loss.</source>
        <translation>每步幅度的最高值；太高時損失會出現尖峰。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Rows in one micro-batch; fewer rows need less memory.</source>
        <translation>一個微批次的列數；列數越少，所需記憶體越少。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>累積</translation>
    </message>
    <message>
        <source>Micro-batches added up for one step; rows per step = batch × accumulation.</source>
        <translation>累加幾個微批次才更新一步；每步列數 = 批次 × 累積。</translation>
    </message>
    <message>
        <source>batches</source>
        <translation>批</translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation>截斷長度</translation>
    </message>
    <message>
        <source>Tokens a row may have; longer rows are cut and counted.</source>
        <translation>一列可有的詞元數；較長的列會被截斷並計數。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>詞元</translation>
    </message>
    <message>
        <source>What</source>
        <translation>內容</translation>
    </message>
    <message>
        <source>Train on the prompt</source>
        <translation>訓練提示部分</translation>
    </message>
    <message>
        <source>Learn the prompt&apos;s tokens too, not only the response&apos;s.</source>
        <translation>除了回應，也學習提示的詞元。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>學習率排程</translation>
    </message>
    <message>
        <source>How the learning rate changes after the warm-up.</source>
        <translation>預熱之後學習率如何變化。</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>線性</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>餘弦</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>預熱</translation>
    </message>
    <message>
        <source>Share of all steps in which the learning rate rises from 0 to its peak.</source>
        <translation>學習率從 0 升到最高值的步數占全部步數的比例。</translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>最終學習率</translation>
    </message>
    <message>
        <source>Where a linear or cosine schedule ends, as a share of the peak.</source>
        <translation>線性或餘弦排程結束時的學習率，以占最高值的比例表示。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>權重衰減</translation>
    </message>
    <message>
        <source>Pulls weights towards 0, apart from the gradient; none on norms and biases.</source>
        <translation>在梯度之外將權重拉向 0；不作用於正規化層與偏差項。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>How long AdamW remembers gradients.</source>
        <translation>AdamW 記住梯度的時間長短。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>How long AdamW remembers squared gradients.</source>
        <translation>AdamW 記住梯度平方的時間長短。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Keeps AdamW from dividing by 0.</source>
        <translation>避免 AdamW 除以 0。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Longest gradient that is used whole; 0 turns clipping off.</source>
        <translation>不裁剪時允許的最大梯度範數；0 表示不裁剪。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止與保留</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步數</translation>
    </message>
    <message>
        <source>Stop after so many steps; 0 goes by epochs.</source>
        <translation>訓練到這個步數就停止；0 表示依週期數。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>評估間隔</translation>
    </message>
    <message>
        <source>On the validation rows; 0 means about ten times a run.</source>
        <translation>在驗證列上評估；0 表示每次訓練約評估十次。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>亂數種子</translation>
    </message>
    <message>
        <source>The same seed and settings give the same run on a CPU.</source>
        <translation>在 CPU 上，種子與設定相同，訓練結果就相同。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>裝置</translation>
    </message>
    <message>
        <source>Where the run is computed; auto takes a GPU when there is one.</source>
        <translation>在哪裡運算；auto 會在有 GPU 時使用 GPU。</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自動（auto）</translation>
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
        <translation>運算採用的數值格式；自動時依裝置選擇。</translation>
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
        <translation>執行緒</translation>
    </message>
    <message>
        <source>CPU threads; 0 means all that the program may use.</source>
        <translation>CPU 執行緒數；0 表示使用程式可用的全部執行緒。</translation>
    </message>
    <message>
        <source>Generation</source>
        <translation>產生</translation>
    </message>
    <message>
        <source>Longest answer</source>
        <translation>回答長度上限</translation>
    </message>
    <message>
        <source>Generation stops here at the latest.</source>
        <translation>產生最多到這個長度為止。</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>溫度</translation>
    </message>
    <message>
        <source>0 always takes the likeliest token; higher is more varied.</source>
        <translation>0 一律取最可能的詞元；數值越高變化越多。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Choose among the k likeliest tokens; 0 turns it off.</source>
        <translation>從最可能的 k 個詞元中選取；0 表示關閉。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Choose among the likeliest tokens that together have this probability; 1 turns it off.</source>
        <translation>從機率合計達此值的最可能詞元中選取；1 表示關閉。</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重複懲罰</translation>
    </message>
    <message>
        <source>Above 1 makes tokens that already occurred less likely; 1 turns it off.</source>
        <translation>大於 1 時，已出現過的詞元較不易再出現；1 表示關閉。</translation>
    </message>
    <message>
        <source>The same seed gives the same answer.</source>
        <translation>種子相同，回答就相同。</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架構</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>詞彙表</translation>
    </message>
    <message>
        <source>Tokens that the tokenizer knows.</source>
        <translation>分詞器認得的詞元數。</translation>
    </message>
    <message>
        <source>Hidden size</source>
        <translation>隱藏層寬度</translation>
    </message>
    <message>
        <source>Width of the model; the heads must divide it.</source>
        <translation>模型的寬度；必須能被注意力頭數整除。</translation>
    </message>
    <message>
        <source>Feed-forward size</source>
        <translation>前饋層寬度</translation>
    </message>
    <message>
        <source>Width inside each feed-forward block.</source>
        <translation>各前饋區塊內部的寬度。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>層數</translation>
    </message>
    <message>
        <source>Decoder blocks, one after the other.</source>
        <translation>依序串接的解碼器區塊數。</translation>
    </message>
    <message>
        <source>Attention heads</source>
        <translation>注意力頭數</translation>
    </message>
    <message>
        <source>Query heads in each layer.</source>
        <translation>每層的查詢頭數。</translation>
    </message>
    <message>
        <source>Key–value heads</source>
        <translation>鍵值頭數</translation>
    </message>
    <message>
        <source>Heads of keys and values; must divide the attention heads.</source>
        <translation>鍵與值的頭數；必須能整除注意力頭數。</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>上下文長度</translation>
    </message>
    <message>
        <source>Longest text that the model is made for.</source>
        <translation>模型設計可處理的最長文字。</translation>
    </message>
    <message>
        <source>Rotary base</source>
        <translation>旋轉編碼底數</translation>
    </message>
    <message>
        <source>Base of the rotary position angles.</source>
        <translation>旋轉位置編碼角度的底數。</translation>
    </message>
    <message>
        <source>Norm epsilon</source>
        <translation>正規化 epsilon</translation>
    </message>
    <message>
        <source>Keeps the norm from dividing by 0.</source>
        <translation>避免正規化時除以 0。</translation>
    </message>
    <message>
        <source>Tied embeddings</source>
        <translation>共用嵌入權重</translation>
    </message>
    <message>
        <source>The output layer shares the embedding&apos;s weights.</source>
        <translation>輸出層與嵌入層共用權重。</translation>
    </message>
    <message>
        <source>Initial spread</source>
        <translation>初始分散程度</translation>
    </message>
    <message>
        <source>Standard deviation of the first random weights.</source>
        <translation>初始隨機權重的標準差。</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>檢查點間隔</translation>
    </message>
    <message>
        <source>From a checkpoint a run that was stopped or killed goes on; 0 means every five minutes.</source>
        <translation>停止或被強制結束的執行可從檢查點接續；0 表示每五分鐘一次。</translation>
    </message>
    <message>
        <source>Full fine-tuning changes all weights; LoRA trains small adapters beside them.</source>
        <translation>全參數微調會更新所有權重；LoRA 只訓練旁邊的小型適配器。</translation>
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
        <translation>適配器的寬度；秩越高學得越多，記憶體也用得越多。</translation>
    </message>
    <message>
        <source>LoRA alpha</source>
        <translation>LoRA alpha</translation>
    </message>
    <message>
        <source>Strength of the adapters: their output is multiplied by alpha / rank.</source>
        <translation>適配器的強度：輸出會乘以 alpha ÷ 秩。</translation>
    </message>
    <message>
        <source>Rank-stabilized LoRA</source>
        <translation>秩穩定 LoRA</translation>
    </message>
    <message>
        <source>Multiply by alpha / √rank instead, so that high ranks learn as fast as low ones (rsLoRA).</source>
        <translation>改乘以 alpha / √rank，讓高秩學得和低秩一樣快（rsLoRA）。</translation>
    </message>
    <message>
        <source>LoRA dropout</source>
        <translation>LoRA dropout</translation>
    </message>
    <message>
        <source>Share of an adapter&apos;s input that is left out at random in each step.</source>
        <translation>每一步隨機略過適配器輸入的比例。</translation>
    </message>
    <message>
        <source>LoRA targets</source>
        <translation>LoRA 目標</translation>
    </message>
    <message>
        <source>Which projections get an adapter: all, attention, mlp, or names with commas.</source>
        <translation>哪些投影層加上適配器：all、attention、mlp，或以逗號分隔的名稱。</translation>
    </message>
    <message>
        <source>Frozen weights</source>
        <translation>凍結的權重</translation>
    </message>
    <message>
        <source>Names of weights that stay as they are, with *, ? and [0-3], parted by commas.</source>
        <translation>保持不變的權重名稱，可用 *、? 與 [0-3]，以逗號分隔。</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>資料混合</translation>
    </message>
    <message>
        <source>How often the rows of a source come in one epoch: source=weight, parted by commas; others come once.</source>
        <translation>各來源的列在一個週期中出現幾次：來源=權重，以逗號分隔；其餘出現一次。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>標籤平滑</translation>
    </message>
    <message>
        <source>Share of each label that is spread over all words; 0 turns it off.</source>
        <translation>每個標籤分散到整個詞彙表的比例；0 表示關閉。</translation>
    </message>
    <message>
        <source>NEFTune noise</source>
        <translation>NEFTune 雜訊</translation>
    </message>
    <message>
        <source>Noise on the embeddings while training, often 5; 0 turns it off.</source>
        <translation>訓練時加在嵌入上的雜訊，常用 5；0 表示關閉。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>最佳化器</translation>
    </message>
    <message>
        <source>adamw8bit keeps its moments in 8 bits; SGD keeps only a momentum.</source>
        <translation>adamw8bit 以 8 位元保存動差；SGD 只保存動量。</translation>
    </message>
    <message>
        <source>adamw</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>adamw8bit</source>
        <translation>AdamW（8 位元）</translation>
    </message>
    <message>
        <source>sgd</source>
        <translation>SGD</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>動量</translation>
    </message>
    <message>
        <source>How long SGD remembers gradients; 0 turns it off.</source>
        <translation>SGD 記住梯度的時間；0 表示關閉。</translation>
    </message>
    <message>
        <source>Token budget</source>
        <translation>詞元預算</translation>
    </message>
    <message>
        <source>Most tokens computed at once: a batch above it is done in parts, with the same result; 0 means no limit.</source>
        <translation>一次最多計算的詞元數；超過的批次會分段計算，結果相同；0 表示不限。</translation>
    </message>
    <message>
        <source>Gradient checkpointing</source>
        <translation>梯度檢查點</translation>
    </message>
    <message>
        <source>Computes blocks again in the backward pass: less memory, about a quarter more time.</source>
        <translation>反向傳播時重新計算各層：記憶體較少，時間約多四分之一。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>預熱步數</translation>
    </message>
    <message>
        <source>Steps of the warm-up instead of a share; 0 goes by the share.</source>
        <translation>以步數而非比例設定預熱；0 表示依比例。</translation>
    </message>
    <message>
        <source>Keep the best</source>
        <translation>保留最佳</translation>
    </message>
    <message>
        <source>Saves the model of the lowest evaluation loss instead of the last.</source>
        <translation>儲存評估損失最低的模型，而不是最後的模型。</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心值</translation>
    </message>
    <message>
        <source>Stops after so many evaluations without a lower loss; 0 never does.</source>
        <translation>連續幾次評估損失未降低便停止；0 表示不停止。</translation>
    </message>
    <message>
        <source>evaluations</source>
        <translation>次評估</translation>
    </message>
    <message>
        <source>Sample every</source>
        <translation>取樣間隔</translation>
    </message>
    <message>
        <source>Answers a few fixed prompts as it learns; 0 does not.</source>
        <translation>訓練途中回答幾個固定的提示；0 表示不回答。</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的檢查點數</translation>
    </message>
    <message>
        <source>The newest ones; older ones are removed.</source>
        <translation>保留最新的；較舊的會移除。</translation>
    </message>
    <message>
        <source>only with LoRA</source>
        <translation>僅在使用 LoRA 時有效</translation>
    </message>
    <message>
        <source>only when all weights can be trained</source>
        <translation>僅在可訓練所有權重時有效</translation>
    </message>
    <message>
        <source>only when Steps is 0</source>
        <translation>僅在「步數」為 0 時有效</translation>
    </message>
    <message>
        <source>only when Warm-up steps is 0</source>
        <translation>僅在「預熱步數」為 0 時有效</translation>
    </message>
    <message>
        <source>only with a schedule that falls</source>
        <translation>僅在學習率會下降的排程中有效</translation>
    </message>
    <message>
        <source>only with SGD</source>
        <translation>僅在使用 SGD 時有效</translation>
    </message>
    <message>
        <source>only with AdamW</source>
        <translation>僅在使用 AdamW 時有效</translation>
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
        <translation>%1 小時 %2 分</translation>
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
        <translation>權重</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>最佳化器</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>program</source>
        <translation>程式</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>內建</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微調後</translation>
    </message>
    <message>
        <source>In the project</source>
        <translation>專案內</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>已開啟</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>適配器</translation>
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
        <translation>內建基礎模型</translation>
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
        <translation>足夠</translation>
    </message>
    <message>
        <source>tight</source>
        <translation>吃緊</translation>
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
        <translation>全參數</translation>
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
        <translation>權重 %1</translation>
    </message>
    <message>
        <source>gradients %1</source>
        <translation>梯度 %1</translation>
    </message>
    <message>
        <source>optimiser %1</source>
        <translation>最佳化器 %1</translation>
    </message>
    <message>
        <source>batch %1</source>
        <translation>批次 %1</translation>
    </message>
    <message>
        <source>program %1</source>
        <translation>程式 %1</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用 %1。</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>未註明</translation>
    </message>
    <message>
        <source>see %1</source>
        <translation>見 %1</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message numerus="yes">
        <source>%Ln byte(s)</source>
        <translation>
            <numerusform>%Ln 位元組</numerusform>
        </translation>
    </message>
    <message>
        <source>F16: half the size of F32</source>
        <translation>F16：大小為 F32 的一半</translation>
    </message>
    <message>
        <source>BF16: half the size, with the range of F32</source>
        <translation>BF16：大小減半，範圍與 F32 相同</translation>
    </message>
    <message>
        <source>Q8_0: 8 bits, about a quarter of F32</source>
        <translation>Q8_0：8 位元，約為 F32 的四分之一</translation>
    </message>
    <message>
        <source>F32: exact, the largest</source>
        <translation>F32：精確，檔案最大</translation>
    </message>
    <message>
        <source>An adapter is no base. Train its base model, or a model that it is merged into: a run keeps one, Export writes one.</source>
        <translation>適配器不是基礎模型。請訓練它的基礎模型，或已合併它的模型：執行紀錄會保留一個，也可以用「匯出」產生。</translation>
    </message>
    <message>
        <source>%1; others in some modules</source>
        <translation>%1；部分模組另有設定</translation>
    </message>
</context>
<context>
    <name>Recipes</name>
    <message>
        <source>Quick look</source>
        <translation>快速一試</translation>
    </message>
    <message>
        <source>A minute or so on any machine: does the loss fall, do the answers change?</source>
        <translation>在任何機器上約一分鐘：看看損失是否下降、回答是否改變。</translation>
    </message>
    <message>
        <source>Small model, all weights</source>
        <translation>小模型，所有權重</translation>
    </message>
    <message>
        <source>Full fine-tuning of a model of up to some hundred million weights; keeps the best.</source>
        <translation>對數億權重以內的模型做全參數微調，並保留最佳的模型。</translation>
    </message>
    <message>
        <source>LoRA</source>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>Small adapters beside a model that stays as it is: less memory, and little is forgotten.</source>
        <translation>模型本身不變，只在旁邊訓練小型適配器：記憶體較少，也不易遺忘。</translation>
    </message>
    <message>
        <source>Domain text</source>
        <translation>領域文字</translation>
    </message>
    <message>
        <source>Learns the words of a field, prompts as well as responses, gently and in long rows.</source>
        <translation>以較長的列溫和地學習某個領域的用語，提示與回應都學。</translation>
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
        <translation>已拒絕</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>驗證</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>測試</translation>
    </message>
    <message>
        <source>None</source>
        <comment>not in any split</comment>
        <translation>無</translation>
    </message>
    <message>
        <source>Written by people</source>
        <translation>人工撰寫</translation>
    </message>
    <message>
        <source>Generated by a model</source>
        <translation>由模型產生</translation>
    </message>
    <message>
        <source>Edited here</source>
        <translation>在此編輯過</translation>
    </message>
</context>
<context>
    <name>Rules</name>
    <message>
        <source>Files of the folder that are not read, being neither .json nor .jsonl: %1.</source>
        <translation>資料夾中未讀取的檔案（既非 .json 也非 .jsonl）：%1 個。</translation>
    </message>
    <message>
        <source>Folders within the folder, which are not looked into: %1.</source>
        <translation>資料夾中的子資料夾不會讀取：%1 個。</translation>
    </message>
    <message>
        <source>The row has no instruction.</source>
        <translation>這一列沒有指令。</translation>
    </message>
    <message>
        <source>The row has no output: there is nothing to learn.</source>
        <translation>這一列沒有 output：沒有可學習的內容。</translation>
    </message>
    <message>
        <source>The field %1 is not a text.</source>
        <translation>欄位 %1 不是文字。</translation>
    </message>
    <message>
        <source>All fields of the row are empty.</source>
        <translation>這一列的所有欄位都是空的。</translation>
    </message>
    <message>
        <source>The line is not JSON, or is cut.</source>
        <translation>這一行不是 JSON，或內容不完整。</translation>
    </message>
    <message>
        <source>The line is not UTF-8 text.</source>
        <translation>這一行不是 UTF-8 文字。</translation>
    </message>
    <message>
        <source>The row is nested too deeply.</source>
        <translation>這一列的巢狀層數太深。</translation>
    </message>
    <message>
        <source>The row holds one half of a character.</source>
        <translation>這一列含有不完整的字元。</translation>
    </message>
    <message>
        <source>The row is of another format, which this version does not read.</source>
        <translation>這一列採用其他格式，此版本不支援讀取。</translation>
    </message>
    <message>
        <source>The file is named .json but holds one record a line; it was read as JSONL.</source>
        <translation>檔案副檔名為 .json，但每行一筆紀錄，已當作 JSONL 讀取。</translation>
    </message>
    <message>
        <source>The file is named .jsonl but holds one JSON array; it was read as that.</source>
        <translation>檔案副檔名為 .jsonl，但內容是一個 JSON 陣列，已當作 JSON 陣列讀取。</translation>
    </message>
    <message>
        <source>Rows that are equal to an earlier one in instruction, input and output: %1. All were kept.</source>
        <translation>instruction、input 與 output 都與先前某列相同的列：%1。全部保留。</translation>
    </message>
    <message>
        <source>The file is UTF-16 and was converted to UTF-8.</source>
        <translation>檔案為 UTF-16，已轉換為 UTF-8。</translation>
    </message>
    <message>
        <source>The records were read from a list inside the file&apos;s object.</source>
        <translation>紀錄讀自檔案物件內的清單。</translation>
    </message>
    <message>
        <source>Rows with input null, read as no input: %1.</source>
        <translation>input 為 null、當作沒有輸入的列：%1。</translation>
    </message>
    <message>
        <source>Rows with an empty instruction, whose input alone is the question: %1.</source>
        <translation>指令為空、僅以輸入為問題的列：%1。</translation>
    </message>
    <message>
        <source>Rows with a number too large to keep exactly, kept as text: %1.</source>
        <translation>數字太大無法精確保存、改存為文字的列：%1。</translation>
    </message>
    <message>
        <source>Rows with a key given twice, of which the last value was taken: %1.</source>
        <translation>同一鍵出現兩次、採用最後一個值的列：%1。</translation>
    </message>
    <message>
        <source>Other fields, kept with the rows and exported again, but not used by training: %1.</source>
        <translation>其他欄位會隨列保留並再次匯出，但訓練時不使用：%1。</translation>
    </message>
    <message>
        <source>No row is in validation: %1 train rows are kept aside for it</source>
        <translation>驗證集沒有列：從訓練列留出 %1 列供驗證</translation>
    </message>
    <message>
        <source>%1 rows are longer than %2 tokens and lose their end</source>
        <translation>%1 列超過 %2 詞元，結尾會遺失</translation>
    </message>
    <message>
        <source>%1 rows have no response left within %2 tokens and are left out</source>
        <translation>%1 列在 %2 詞元內沒有剩下回應，不會使用</translation>
    </message>
    <message>
        <source>Model saved</source>
        <translation>已儲存模型</translation>
    </message>
    <message>
        <source>%1 is outside %2 to %3.</source>
        <translation>%1 不在 %2 到 %3 的範圍內。</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>這不是數字。</translation>
    </message>
    <message>
        <source>%1 is not one of the choices.</source>
        <translation>%1 不是可用的選項。</translation>
    </message>
    <message>
        <source>%1 is not auto, cpu, cuda or cuda:0, cuda:1 and so on.</source>
        <translation>%1 不是 auto、cpu、cuda，也不是 cuda:0、cuda:1 等裝置。</translation>
    </message>
    <message>
        <source>%1 is above beta 2 (%2); AdamW is unstable then.</source>
        <translation>%1 大於 beta 2（%2），AdamW 會不穩定。</translation>
    </message>
    <message>
        <source>An empty stop text would end every answer at once.</source>
        <translation>空白的停止文字會讓所有回答立刻結束。</translation>
    </message>
    <message>
        <source>The heads do not divide the hidden size.</source>
        <translation>注意力頭數無法整除隱藏層寬度。</translation>
    </message>
    <message>
        <source>The key–value heads do not divide the attention heads.</source>
        <translation>鍵值頭數無法整除注意力頭數。</translation>
    </message>
    <message>
        <source>There is no setting of this name.</source>
        <translation>沒有這個名稱的設定。</translation>
    </message>
    <message>
        <source>The cutoff is %1 tokens, not %2: the model&apos;s context ends there</source>
        <translation>截斷長度為 %1 詞元，而非 %2：模型的上下文到此為止</translation>
    </message>
    <message>
        <source>%1 is too long: the base model holds at most %2 tokens.</source>
        <translation>%1 太長：基礎模型最多容納 %2 個詞元。</translation>
    </message>
    <message>
        <source>%1 validation rows are longer than %2 tokens; their end is not measured</source>
        <translation>%1 列驗證資料超過 %2 詞元，結尾不列入評估</translation>
    </message>
    <message>
        <source>%1 validation rows have no response within %2 tokens and are not measured</source>
        <translation>%1 列驗證資料在 %2 詞元內沒有回應，不列入評估</translation>
    </message>
    <message>
        <source>An older checkpoint is taken: %1</source>
        <translation>改用較早的檢查點：%1</translation>
    </message>
    <message>
        <source>The run goes on from step %1</source>
        <translation>執行從第 %1 步接續</translation>
    </message>
    <message>
        <source>No checkpoint was saved: %1</source>
        <translation>未能儲存檢查點：%1</translation>
    </message>
    <message>
        <source>No validation rows: the best model cannot be told, the last is kept</source>
        <translation>沒有驗證資料：無法判斷最佳模型，保留最後的模型</translation>
    </message>
    <message>
        <source>%1 evaluations without a lower loss: the run ends here</source>
        <translation>連續 %1 次評估損失未降低：訓練到此結束</translation>
    </message>
    <message>
        <source>The model of step %1 is kept: evaluation loss %2</source>
        <translation>保留第 %1 步的模型：評估損失 %2</translation>
    </message>
    <message>
        <source>No train row comes from %1</source>
        <translation>沒有訓練列來自 %1</translation>
    </message>
    <message>
        <source>Paused after step %1</source>
        <translation>已在第 %1 步後暫停</translation>
    </message>
    <message>
        <source>Training goes on</source>
        <translation>訓練繼續</translation>
    </message>
    <message>
        <source>From step %1 on the peak learning rate is %2</source>
        <translation>從第 %1 步起，最高學習率為 %2</translation>
    </message>
    <message>
        <source>No step was made yet with the peak learning rate %1</source>
        <translation>尚未以最高學習率 %1 訓練任何一步</translation>
    </message>
    <message>
        <source>%1 is not all, attention, mlp, or the name of a projection.</source>
        <translation>%1 不是 all、attention、mlp，也不是投影層的名稱。</translation>
    </message>
    <message>
        <source>The brackets of %1 must hold a number or a range such as [0-3].</source>
        <translation>%1 的中括號內須為數字或範圍，例如 [0-3]。</translation>
    </message>
    <message>
        <source>LoRA leaves all weights as they are; clear the patterns.</source>
        <translation>LoRA 不會改動任何權重；請清除這些名稱。</translation>
    </message>
    <message>
        <source>%1 is not source=weight with a weight of 0 to 1000, each source once.</source>
        <translation>%1 不是「來源=權重」；權重須為 0 到 1000，每個來源一次。</translation>
    </message>
    <message>
        <source>Only %1 free on the disk: the next checkpoint and the model need %2</source>
        <translation>磁碟只剩 %1：下一個檢查點與模型需要 %2</translation>
    </message>
    <message>
        <source>The disk is full: figures are written when there is room again</source>
        <translation>磁碟已滿：待有空間時再寫入數據</translation>
    </message>
    <message>
        <source>The end of the run was not written to its folder: %1</source>
        <translation>未能將執行的結束狀態寫入其資料夾：%1</translation>
    </message>
    <message>
        <source>The best weights cannot be kept, the last ones count: %1</source>
        <translation>無法保留最佳權重，改用最後的權重：%1</translation>
    </message>
    <message>
        <source>A prompt was not answered: %1</source>
        <translation>有一個提示未能回答：%1</translation>
    </message>
    <message>
        <source>The evaluation loss is %1 and was %2 before: lower the learning rate</source>
        <translation>評估損失為 %1，訓練前是 %2：請降低學習率</translation>
    </message>
    <message>
        <source>Not handed over: no checkpoint could be saved; the training goes on</source>
        <translation>未移交：無法儲存檢查點，訓練繼續進行</translation>
    </message>
    <message>
        <source>What was learned is kept: a discard was asked for as well</source>
        <translation>學到的內容已保留：另有人要求捨棄</translation>
    </message>
    <message>
        <source>Frozen weights: %1 are computed together; freeze all or none.</source>
        <translation>凍結的權重：%1 會一起計算，須全部凍結或全部不凍結。</translation>
    </message>
    <message>
        <source>Frozen weights: no weight of this model fits %1.</source>
        <translation>凍結的權重：此模型沒有權重符合 %1。</translation>
    </message>
    <message>
        <source>Frozen weights: every weight of the model would be frozen.</source>
        <translation>凍結的權重：模型的所有權重都會被凍結。</translation>
    </message>
    <message>
        <source>float16 is not available on the CPU.</source>
        <translation>CPU 無法使用 float16。</translation>
    </message>
    <message>
        <source>Torn lines of metrics.jsonl were dropped: %1</source>
        <translation>已捨棄 metrics.jsonl 中寫壞的行：%1</translation>
    </message>
    <message>
        <source>The chat template is the prompt template %1, with which the model was fine-tuned.</source>
        <translation>對話模板就是微調此模型時所用的提示模板 %1。</translation>
    </message>
    <message>
        <source>The file has no chat template, because the one in %1 cannot be read.</source>
        <translation>檔案中沒有對話模板，因為 %1 中的對話模板無法讀取。</translation>
    </message>
    <message>
        <source>The model&apos;s attention reaches back %1 tokens, which llama.cpp does not keep to for it; the file says a context of %1 tokens instead of %2, within which both are the same.</source>
        <translation>此模型的注意力只往回看 %1 個詞元，llama.cpp 對這類模型不遵守這個範圍；因此檔案註明的上下文是 %1 個詞元而非 %2 個，在此範圍內兩者的結果相同。</translation>
    </message>
    <message>
        <source>The model has the exact GELU; llama.cpp computes its tanh form, which differs by up to 0.0005.</source>
        <translation>此模型使用精確的 GELU；llama.cpp 以 tanh 近似式計算，差異最多 0.0005。</translation>
    </message>
    <message>
        <source>Q8_0 takes rows in groups of 32 numbers; matrices whose rows are no whole groups are F16: %1.</source>
        <translation>Q8_0 將每列數值以 32 個為一組；列長不是 32 倍數的矩陣改存為 F16：%1 個。</translation>
    </message>
    <message>
        <source>The tokenizer composes characters (NFC), which llama.cpp does not do; texts with decomposed accents are tokenised otherwise.</source>
        <translation>分詞器會組合字元（NFC），llama.cpp 不會；含有分解式重音符號的文字，切分結果會不同。</translation>
    </message>
    <message>
        <source>The tokenizer rewrites characters (%1), which llama.cpp does not do; texts with such characters are tokenised otherwise.</source>
        <translation>分詞器會改寫字元（%1），llama.cpp 不會；含有這類字元的文字，切分結果會不同。</translation>
    </message>
    <message>
        <source>The tokenizer drops spaces at the ends of a text and repeated ones, which llama.cpp does not do; such texts are tokenised otherwise.</source>
        <translation>分詞器會去掉文字首尾與重複的空格，llama.cpp 不會；這類文字的切分結果會不同。</translation>
    </message>
    <message>
        <source>The tokenizer has no tokens for single bytes; llama.cpp fails at a character that it does not know.</source>
        <translation>分詞器沒有單一位元組的詞元；llama.cpp 遇到不認得的字元會失敗。</translation>
    </message>
    <message>
        <source>After the token %1 llama.cpp puts a space that the tokenizer does not.</source>
        <translation>llama.cpp 會在詞元「%1」之後加一個空格，分詞器不會。</translation>
    </message>
    <message>
        <source>The adapter was made for %1; it is used with %2.</source>
        <translation>這個適配器是為 %1 製作的，現在與 %2 一起使用。</translation>
    </message>
    <message>
        <source>Tensors that hold NaN or infinity: %1, the first of them %2; the model&apos;s answers will be of no use.</source>
        <translation>含有 NaN 或無限大的張量：%1 個，第一個是 %2；模型的回答將派不上用場。</translation>
    </message>
    <message>
        <source>The chat template leaves out the instructions of the rows, or changes them</source>
        <translation>對話模板沒有納入各列的指令，或更動了它們</translation>
    </message>
    <message>
        <source>The tokenizer in %1 was copied as it is, but cannot be used; copy its files there again from where the model came from.</source>
        <translation>%1 中的分詞器已原樣複製，但無法使用；請從模型的來源重新複製其檔案到該處。</translation>
    </message>
    <message>
        <source>The adapter was trained beside other weights than those that are now in %1.</source>
        <translation>這個適配器訓練時搭配的權重，與 %1 裡現在的權重不同。</translation>
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
        <translation>執行中</translation>
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
        <translation>已中斷</translation>
    </message>
    <message>
        <source>Diverged</source>
        <translation>發散</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>The loss was no longer a finite number after step %1.</source>
        <translation>第 %1 步之後，損失不再是有限的數值。</translation>
    </message>
    <message>
        <source>The loss was no longer a finite number from its first step on.</source>
        <translation>從第一步起，損失就不是有限的數值。</translation>
    </message>
    <message>
        <source>Its process has ended before its first step, without a word.</source>
        <translation>執行程序在第一步之前結束，沒有留下說明。</translation>
    </message>
    <message>
        <source>Stopped before its first step; nothing was learned.</source>
        <translation>已在第一步之前停止；什麼都還沒學到。</translation>
    </message>
    <message>
        <source>It ended before its first step.</source>
        <translation>在第一步之前就結束了。</translation>
    </message>
    <message>
        <source>It has made no step yet.</source>
        <translation>還沒有完成任何一步。</translation>
    </message>
    <message>
        <source>Its process has ended at step %1 without a word.</source>
        <translation>執行程序在第 %1 步時結束，沒有留下說明。</translation>
    </message>
    <message>
        <source>How it ended is told by its other files: its status.json is missing or damaged.</source>
        <translation>如何結束由其他檔案得知：status.json 遺失或已損壞。</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>From random weights</source>
        <translation>從隨機權重開始</translation>
    </message>
    <message>
        <source>All weights</source>
        <translation>全參數</translation>
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
        <translation>這個執行紀錄仍在訓練。請先停止，再接續訓練。</translation>
    </message>
    <message>
        <source>This run has done all its steps. Repeat it with changes to train more.</source>
        <translation>這個執行紀錄已完成所有步數。若要再訓練，請修改後重新執行。</translation>
    </message>
    <message>
        <source>This run left no checkpoint to go on from. Repeat it with changes.</source>
        <translation>這個執行紀錄沒有留下可接續的檢查點。請修改後重新執行。</translation>
    </message>
    <message>
        <source>Only a fine-tuning whose run.json can be read can be resumed.</source>
        <translation>只有能讀取 run.json 的微調才能接續訓練。</translation>
    </message>
    <message>
        <source>on</source>
        <translation>開</translation>
    </message>
    <message>
        <source>off</source>
        <translation>關</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基礎模型</translation>
    </message>
    <message>
        <source>template</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>data snapshot</source>
        <translation>資料快照</translation>
    </message>
    <message>
        <source>train rows</source>
        <translation>訓練列數</translation>
    </message>
    <message>
        <source>validation rows</source>
        <translation>驗證列數</translation>
    </message>
    <message>
        <source>steps made</source>
        <translation>已執行步數</translation>
    </message>
    <message>
        <source>peak memory</source>
        <translation>記憶體峰值</translation>
    </message>
    <message>
        <source>device and precision</source>
        <translation>裝置與精度</translation>
    </message>
    <message>
        <source>Same in all: %1.</source>
        <translation>全部相同：%1。</translation>
    </message>
    <message>
        <source>Only then are the losses comparable.</source>
        <translation>唯有如此，損失才能互相比較。</translation>
    </message>
    <message>
        <source>Eval losses are not comparable as they stand; what differs: %1.</source>
        <translation>評估損失無法直接比較；不同之處：%1。</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已捨棄</translation>
    </message>
    <message>
        <source>Stopped at step %1; nothing of what it had learned was kept.</source>
        <translation>已在第 %1 步停止；學到的內容都未保留。</translation>
    </message>
    <message>
        <source>Stopped at step %1; only the model that an earlier stop saved was kept.</source>
        <translation>已在第 %1 步停止；只保留先前停止時儲存的模型。</translation>
    </message>
    <message>
        <source>This run was discarded: there is nothing to go on from. Repeat it with changes.</source>
        <translation>這個執行紀錄已捨棄，沒有可接續的內容。請修改後重新執行。</translation>
    </message>
    <message>
        <source>changes of the learning rate, each with its first step</source>
        <translation>學習率的變更與各自的起始步</translation>
    </message>
    <message>
        <source>Model lost</source>
        <translation>模型遺失</translation>
    </message>
    <message>
        <source>It has finished, but its model is no longer whole. Notes and lineage says what is missing.</source>
        <translation>已完成，但其模型已不完整。「備註與來歷」說明缺少什麼。</translation>
    </message>
    <message>
        <source>Its model is no longer whole. Notes and lineage says what is missing.</source>
        <translation>其模型已不完整。「備註與來歷」說明缺少什麼。</translation>
    </message>
</context>
<context>
    <name>StartOptions</name>
    <message>
        <source>error: %1 See --help.</source>
        <translation>錯誤：%1 請參閱 --help。</translation>
    </message>
    <message>
        <source>FineTune Studio: prepare data, fine-tune a language model, compare.</source>
        <translation>FineTune Studio：準備資料、微調語言模型、比較結果。</translation>
    </message>
    <message>
        <source>Project folder (NAME.ftproj) to open. Without it: the last one, or the sample.</source>
        <translation>要開啟的專案資料夾（名稱.ftproj）。未指定時開啟上次的專案，或範例專案。</translation>
    </message>
    <message>
        <source>Say this and end.</source>
        <translation>顯示此說明後結束。</translation>
    </message>
    <message>
        <source>Say the version and end.</source>
        <translation>顯示版本後結束。</translation>
    </message>
    <message>
        <source>Open your copy of the sample project; it is made when there is none.</source>
        <translation>開啟你的範例專案副本；沒有時會建立一份。</translation>
    </message>
    <message>
        <source>Language of this session: system, en, zh_TW or zh_CN.</source>
        <translation>這次使用的語言：system、en、zh_TW 或 zh_CN。</translation>
    </message>
    <message>
        <source>Theme of this session: system, light or dark.</source>
        <translation>這次使用的佈景主題：system、light 或 dark。</translation>
    </message>
    <message>
        <source>Only one project can be opened.</source>
        <translation>只能開啟一個專案。</translation>
    </message>
    <message>
        <source>“%1” is not a language of this program (system, en, zh_TW, zh_CN).</source>
        <translation>「%1」不是本程式的語言（system、en、zh_TW、zh_CN）。</translation>
    </message>
    <message>
        <source>“%1” is not a theme (system, light, dark).</source>
        <translation>「%1」不是佈景主題（system、light、dark）。</translation>
    </message>
</context>
<context>
    <name>TemplateText</name>
    <message>
        <source>%1 is missing in “With input”.</source>
        <translation>「含輸入」中缺少 %1。</translation>
    </message>
    <message>
        <source>%1 is missing in “Without input”.</source>
        <translation>「不含輸入」中缺少 %1。</translation>
    </message>
    <message>
        <source>%1 is no field: there are {instruction} and {input}.</source>
        <translation>%1 不是欄位：可用的欄位有 {instruction} 與 {input}。</translation>
    </message>
    <message>
        <source>%1: did you mean %2?</source>
        <translation>%1：是否要用 %2？</translation>
    </message>
</context>
<context>
    <name>studio::ui::ActionFinder</name>
    <message>
        <source>Find an action</source>
        <translation>尋找動作</translation>
    </message>
    <message>
        <source>Actions found</source>
        <translation>找到的動作</translation>
    </message>
    <message>
        <source>Name of an action</source>
        <translation>動作名稱</translation>
    </message>
</context>
<context>
    <name>studio::ui::ArmPanel</name>
    <message>
        <source>Model of %1</source>
        <translation>%1：模型</translation>
    </message>
    <message>
        <source>Answer of %1</source>
        <translation>%1：回答</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>讀取中…</translation>
    </message>
    <message>
        <source>SHA-256 of configuration and weights: %1</source>
        <translation>設定與權重的 SHA-256：%1</translation>
    </message>
    <message>
        <source>none in training</source>
        <translation>訓練時未使用</translation>
    </message>
    <message>
        <source>as trained</source>
        <translation>與訓練時相同</translation>
    </message>
    <message>
        <source>changed since training</source>
        <translation>訓練後已變更</translation>
    </message>
    <message>
        <source>trained with “%1”</source>
        <translation>訓練時使用「%1」</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未詢問</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>沒有模型</translation>
    </message>
    <message>
        <source>Open adapter folder…</source>
        <translation>開啟適配器資料夾…</translation>
    </message>
    <message>
        <source>%1 / %2 tokens</source>
        <translation>%1 / %2 詞元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 詞元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>每秒 %1</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在載入模型</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>產生中</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>longest answer reached</source>
        <translation>已達回答長度上限</translation>
    </message>
    <message>
        <source>context full</source>
        <translation>上下文已滿</translation>
    </message>
    <message>
        <source>stop text</source>
        <translation>停止文字</translation>
    </message>
    <message>
        <source>end token</source>
        <translation>結束詞元</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>權重</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>回答會顯示在這裡。</translation>
    </message>
    <message>
        <source>A fine-tuned model answers here. There is none yet.</source>
        <translation>微調後模型會在這裡回答。目前還沒有這樣的模型。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往訓練</translation>
    </message>
</context>
<context>
    <name>studio::ui::BackgroundRun</name>
    <message>
        <source>%1 could not be started. The run can be resumed here.</source>
        <translation>無法啟動 %1。可在此接續訓練。</translation>
    </message>
    <message>
        <source>The process in the background ended before it could train. The run can be resumed here.</source>
        <translation>背景程序在開始訓練前就結束了。可在此接續訓練。</translation>
    </message>
</context>
<context>
    <name>studio::ui::ComparePage</name>
    <message>
        <source>Next: improve the data</source>
        <translation>下一步：改善資料</translation>
    </message>
    <message>
        <source>Exact match: base %1 of %2 · fine-tuned %3 of %4</source>
        <translation>完全相符：基礎 %1 / %2 · 微調後 %3 / %4</translation>
    </message>
    <message>
        <source>Same prompt, same template, same seed for both</source>
        <translation>兩者使用相同的提示、模板與亂數種子</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基礎</translation>
    </message>
    <message>
        <source>Open an adapter folder</source>
        <translation>開啟適配器資料夾</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微調後</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>第一個模型</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二個模型</translation>
    </message>
    <message>
        <source>Exact match: first %1 of %2 · second %3 of %4</source>
        <translation>完全相符：第一 %1 / %2 · 第二 %3 / %4</translation>
    </message>
</context>
<context>
    <name>studio::ui::CutoffTableModel</name>
    <message>
        <source>%1 rows lose their end, %2 have nothing left to learn</source>
        <translation>%1 列失去結尾，%2 列沒有內容可學</translation>
    </message>
    <message>
        <source>%1 (now)</source>
        <translation>%1（目前）</translation>
    </message>
    <message>
        <source>If cutoff is</source>
        <translation>若截斷長度為</translation>
    </message>
    <message>
        <source>Rows cut</source>
        <translation>截斷列數</translation>
    </message>
    <message>
        <source>Tokens an epoch</source>
        <translation>每週期詞元數</translation>
    </message>
</context>
<context>
    <name>studio::ui::DataPage</name>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 列</numerusform>
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
        <translation>已拒絕 %1</translation>
    </message>
    <message>
        <source>Next: see what the model sees</source>
        <translation>下一步：看看模型看到的內容</translation>
    </message>
    <message>
        <source>no rows yet</source>
        <translation>還沒有列</translation>
    </message>
    <message>
        <source>no accepted rows yet</source>
        <translation>還沒有已接受的列</translation>
    </message>
    <message>
        <source>no test rows set aside</source>
        <translation>尚未留出測試列</translation>
    </message>
    <message>
        <source>%1 to train on</source>
        <translation>可訓練 %1</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>分割…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message>
        <source>Add row</source>
        <translation>新增一列</translation>
    </message>
    <message>
        <source>Add a row (N)</source>
        <translation>新增一列（N）</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>匯入…</translation>
    </message>
    <message>
        <source>The rows to train on stand here: an instruction, an input where there is one, and the response wanted. Drop a JSON or JSONL file here, or import one.</source>
        <translation>這裡列出要訓練的資料：每列有一個指令、可有的輸入，以及想要的回應。將 JSON 或 JSONL 檔案拖放到這裡，或匯入檔案。</translation>
    </message>
    <message>
        <source>No row matches the filters.</source>
        <translation>沒有符合篩選條件的列。</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>顯示全部列</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>資料列</translation>
    </message>
    <message>
        <source>written here</source>
        <translation>在此撰寫</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) duplicated. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>已為 %Ln 列建立副本。按 Ctrl+Z 可復原。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) deleted. Ctrl+Z brings them back.</source>
        <translation>
            <numerusform>已刪除 %Ln 列。按 Ctrl+Z 可還原。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已復原：%1</translation>
    </message>
    <message>
        <source>Done again: %1</source>
        <translation>已重做：%1</translation>
    </message>
    <message>
        <source>edit of row %1</source>
        <translation>編輯第 %1 列</translation>
    </message>
    <message numerus="yes">
        <source>edit of %Ln row(s)</source>
        <translation>
            <numerusform>編輯 %Ln 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>adding %Ln row(s)</source>
        <translation>
            <numerusform>新增 %Ln 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>duplicating %Ln row(s)</source>
        <translation>
            <numerusform>為 %Ln 列建立副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>deleting %Ln row(s)</source>
        <translation>
            <numerusform>刪除 %Ln 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>import of %Ln row(s)</source>
        <translation>
            <numerusform>匯入 %Ln 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new split of %Ln row(s)</source>
        <translation>
            <numerusform>重新分割 %Ln 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>new status of %Ln row(s)</source>
        <translation>
            <numerusform>變更 %Ln 列的狀態</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>change of %Ln row(s)</source>
        <translation>
            <numerusform>變更 %Ln 列</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>復原：%1（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Nothing to undo (Ctrl+Z)</source>
        <translation>沒有可復原的操作（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo: %1 (Ctrl+Shift+Z)</source>
        <translation>重做：%1（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Nothing to redo (Ctrl+Shift+Z)</source>
        <translation>沒有可重做的操作（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編輯</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>拒絕</translation>
    </message>
    <message>
        <source>Make a draft</source>
        <translation>設為草稿</translation>
    </message>
    <message>
        <source>To test or back to train</source>
        <translation>移到測試集或移回訓練集</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>建立副本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Del</source>
        <comment>key</comment>
        <translation>Del</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) imported. Ctrl+Z takes that back.</source>
        <translation>
            <numerusform>已匯入 %Ln 列。按 Ctrl+Z 可復原。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) written to %1.</source>
        <translation>
            <numerusform>已將 %Ln 列寫入 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows split anew. Ctrl+Z brings the old split back.</source>
        <translation>已重新分割。按 Ctrl+Z 可還原先前的分割。</translation>
    </message>
    <message>
        <source>Import rows</source>
        <translation>匯入列</translation>
    </message>
    <message>
        <source>Rows (*.json *.jsonl)</source>
        <translation>資料列 (*.json *.jsonl)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有檔案 (*)</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>匯出列</translation>
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
        <translation>還原預設欄位</translation>
    </message>
</context>
<context>
    <name>studio::ui::DetailsView</name>
    <message>
        <source>A tag may have 40 characters. Tags are parted by commas.</source>
        <translation>標籤最多 40 個字元，以逗號分隔。</translation>
    </message>
    <message>
        <source>It can be resumed.</source>
        <translation>可以接續訓練。</translation>
    </message>
    <message>
        <source>%1 before, %2 last, best %3 at step %4</source>
        <translation>訓練前 %1，最後 %2，最佳 %3（第 %4 步）</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>尚無執行紀錄</translation>
    </message>
    <message>
        <source>No run is chosen.</source>
        <translation>尚未選擇執行紀錄。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 train and %2 validation rows</source>
        <translation>訓練 %1 列、驗證 %2 列</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>評估損失</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步數</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>來自</translation>
    </message>
    <message>
        <source>Base of</source>
        <translation>衍生出</translation>
    </message>
    <message>
        <source>Base weights</source>
        <translation>基礎權重</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Data snapshot</source>
        <translation>資料快照</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>parted by commas</source>
        <translation>以逗號分隔</translation>
    </message>
    <message>
        <source>What was this run to show, and did it?</source>
        <translation>這次訓練想驗證什麼？結果如何？</translation>
    </message>
    <message>
        <source>Curves, train loss and best evaluation are of what is left.</source>
        <translation>曲線、訓練損失與最佳評估只依據剩下的部分。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln line(s) of metrics.jsonl cannot be read.</source>
        <translation>
            <numerusform>metrics.jsonl 有 %Ln 行無法讀取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>metrics.jsonl ends %Ln step(s) before the run did.</source>
        <translation>
            <numerusform>metrics.jsonl 缺少執行最後的 %Ln 步。</numerusform>
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
        <translation>「%1」不是模型，也不是模型的頁面。請依頁面頂端的寫法輸入 ORGANISATION/NAME，或貼上頁面的位址。</translation>
    </message>
    <message>
        <source>Asking %1</source>
        <translation>正在詢問 %1</translation>
    </message>
    <message>
        <source>This model has no weights as safetensors or pytorch_model.bin: the Studio cannot use it. Look for another copy of it on the hub.</source>
        <translation>這個模型沒有 safetensors 或 pytorch_model.bin 格式的權重，工作室無法使用。請在模型平台上尋找其他版本。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s), %1, are to come.</source>
        <translation>
            <numerusform>將下載 %Ln 個檔案，共 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Only %1 are free: what is not there yet may not fit.</source>
        <translation>可用空間只有 %1：尚未下載的部分可能放不下。</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用空間 %1。</translation>
    </message>
    <message>
        <source>Checking what is there</source>
        <translation>正在檢查已有的內容</translation>
    </message>
    <message>
        <source>It is tried again: %1</source>
        <translation>正在重試：%1</translation>
    </message>
    <message>
        <source>The hub is not asked any more.</source>
        <translation>已停止詢問模型平台。</translation>
    </message>
    <message>
        <source>Stopped before anything arrived.</source>
        <translation>已停止，尚未收到任何內容。</translation>
    </message>
    <message>
        <source>Stopped. What has arrived is kept in %1; Download goes on with it.</source>
        <translation>已停止。收到的內容保留在 %1；按「下載」會接續進行。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>A download is running</source>
        <translation>下載正在進行</translation>
    </message>
    <message>
        <source>%1 has not arrived yet.</source>
        <translation>%1 尚未下載完成。</translation>
    </message>
    <message>
        <source>What has arrived is kept: the same download goes on with it another time. It also goes on while this window is open and other pages are used.</source>
        <translation>收到的內容會保留：下次同樣的下載會接續進行。這個視窗開著時，也可以一邊下載一邊使用其他頁面。</translation>
    </message>
    <message>
        <source>Go on downloading</source>
        <translation>繼續下載</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止並關閉</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>Download a model</source>
        <translation>下載模型</translation>
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
        <translation>資料夾</translation>
    </message>
    <message>
        <source>ORGANISATION/NAME</source>
        <translation>ORGANISATION/NAME</translation>
    </message>
    <message>
        <source>As it stands at the head of the model&apos;s page; the address of the page can be pasted, too.</source>
        <translation>依模型頁面頂端的寫法；也可以貼上頁面的位址。</translation>
    </message>
    <message>
        <source>A branch, a tag or a commit</source>
        <translation>分支、標籤或提交</translation>
    </message>
    <message>
        <source>https://huggingface.co, or a mirror of it; the address is remembered</source>
        <translation>https://huggingface.co 或它的鏡像站；位址會記住</translation>
    </message>
    <message>
        <source>The model&apos;s own folder; it appears when everything has arrived</source>
        <translation>模型自己的資料夾；全部下載完成後才會出現</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>瀏覽…</translation>
    </message>
    <message>
        <source>Choose where the model&apos;s folder is to be</source>
        <translation>選擇模型資料夾的位置</translation>
    </message>
    <message>
        <source>List files</source>
        <translation>列出檔案</translation>
    </message>
    <message>
        <source>Ask the hub which files the model has; nothing is downloaded yet</source>
        <translation>向模型平台詢問模型有哪些檔案；此時還不會下載</translation>
    </message>
    <message>
        <source>Files of the model</source>
        <translation>模型的檔案</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>Fetch the files that are ticked; what is there already is not fetched again</source>
        <translation>下載勾選的檔案；已有的不會重新下載</translation>
    </message>
    <message>
        <source>An access token is taken from HF_TOKEN, from the file of Hugging Face&apos;s programs or from the keyring, and sent to the hub alone.</source>
        <translation>存取權杖取自 HF_TOKEN、Hugging Face 程式的檔案或系統金鑰圈，且只會送給模型平台。</translation>
    </message>
</context>
<context>
    <name>studio::ui::DownloadFileModel</name>
    <message>
        <source>downloaded as well</source>
        <translation>一併下載</translation>
    </message>
    <message>
        <source>downloaded</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未選取</translation>
    </message>
    <message>
        <source>left out: its name is not safe to write</source>
        <translation>略過：檔名寫入時不安全</translation>
    </message>
    <message>
        <source>left out: weights for another program</source>
        <translation>略過：其他程式用的權重</translation>
    </message>
    <message>
        <source>left out: the same weights once more</source>
        <translation>略過：相同權重的另一份</translation>
    </message>
    <message>
        <source>left out: not needed to use the model</source>
        <translation>略過：使用模型時不需要</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>處理方式</translation>
    </message>
</context>
<context>
    <name>studio::ui::EvalRowsModel</name>
    <message>
        <source>%1 (no longer in the project)</source>
        <translation>%1（已不在專案中）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>studio::ui::EvalRowsView</name>
    <message>
        <source>The rows of an evaluation come here.</source>
        <translation>評估過的列會列在這裡。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) at step %1</source>
        <translation>
            <numerusform>第 %1 步的 %Ln 列</numerusform>
        </translation>
    </message>
    <message>
        <source>Rows of the newest evaluation</source>
        <translation>最近一次評估的列</translation>
    </message>
    <message>
        <source>Show in Data</source>
        <translation>在資料頁顯示</translation>
    </message>
    <message>
        <source>Opens the selected rows, or the first %1 of the table, on Data</source>
        <translation>在資料頁開啟選取的列；未選取時開啟表格的前 %1 列</translation>
    </message>
</context>
<context>
    <name>studio::ui::ExportDialog</name>
    <message>
        <source>Export rows</source>
        <translation>匯出列</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 列</numerusform>
        </translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>要匯出哪些列</translation>
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
        <translation>符合篩選條件：%1</translation>
    </message>
    <message>
        <source>Selected: %1</source>
        <translation>已選取：%1</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>JSON Lines (.jsonl), one row a line</source>
        <translation>JSON Lines（.jsonl），每行一列</translation>
    </message>
    <message>
        <source>JSON (.json), one list as the Alpaca files have it</source>
        <translation>JSON（.json），一份清單，與 Alpaca 檔案相同</translation>
    </message>
    <message>
        <source>Written are instruction, input, output and the further fields that a row was imported with.</source>
        <translation>會寫入 instruction、input、output，以及匯入時該列附帶的其他欄位。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>選擇檔案…</translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetButton</name>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1，%Ln 列</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::FacetPanel</name>
    <message>
        <source>Only accepted rows are used.</source>
        <translation>只使用已接受的列。</translation>
    </message>
    <message>
        <source>Not split yet: training takes every accepted row, and Compare has no row that the model has not seen. Split… sets some aside.</source>
        <translation>尚未分割：訓練會使用所有已接受的列，比較時就沒有模型未看過的列。按「分割…」可留出一些。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) are in no split and are not trained on.</source>
        <translation>
            <numerusform>%Ln 列已接受但不在任何分割中，不會用於訓練。</numerusform>
        </translation>
    </message>
    <message>
        <source>No test rows: Compare has no row that the model has not seen.</source>
        <translation>沒有測試列：比較時沒有模型未看過的列。</translation>
    </message>
    <message>
        <source>No validation rows: training sets 5 % of the train rows aside for its evaluation loss.</source>
        <translation>沒有驗證列：訓練會從訓練列留出 5 % 計算評估損失。</translation>
    </message>
    <message>
        <source>Training reads train and validation, and never looks at test.</source>
        <translation>訓練只讀取訓練集與驗證集，不看測試集。</translation>
    </message>
    <message>
        <source>(no source)</source>
        <translation>（無來源）</translation>
    </message>
    <message>
        <source>What the rows are made of</source>
        <translation>資料的組成</translation>
    </message>
    <message>
        <source>Accepted rows by split</source>
        <translation>已接受的列（依分割）</translation>
    </message>
    <message>
        <source>All rows by status</source>
        <translation>全部列（依狀態）</translation>
    </message>
    <message>
        <source>All rows by source</source>
        <translation>全部列（依來源）</translation>
    </message>
    <message>
        <source>In no split</source>
        <translation>未分割</translation>
    </message>
</context>
<context>
    <name>studio::ui::FieldEditor</name>
    <message>
        <source>All weights</source>
        <translation>全部權重</translation>
    </message>
    <message>
        <source>AdamW, 8-bit moments</source>
        <translation>AdamW（8 位元動差）</translation>
    </message>
    <message>
        <source>on</source>
        <translation>開</translation>
    </message>
    <message>
        <source>off</source>
        <translation>關</translation>
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
        <translation>可用記憶體未知</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln 列</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens: this model holds no longer ones.</source>
        <translation>%1，每列最多 %2 個詞元：這個模型容不下更長的列。</translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens; LoRA of rank 8 on all linear layers.</source>
        <translation>%1，每列最多 %2 個詞元；LoRA 的秩為 8，套用於所有線性層。</translation>
    </message>
    <message>
        <source>Memory forecast</source>
        <translation>記憶體預估</translation>
    </message>
    <message>
        <source>Length, tokens</source>
        <translation>長度（詞元）</translation>
    </message>
    <message>
        <source>Batch, rows</source>
        <translation>批次（列）</translation>
    </message>
    <message>
        <source>Answering in</source>
        <translation>回答精度</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>裝置</translation>
    </message>
    <message>
        <source>Longest row in tokens</source>
        <translation>最長的列（詞元）</translation>
    </message>
    <message>
        <source>Of a training&apos;s rows, or of a prompt with its answer</source>
        <translation>訓練資料列的長度，或提示加上回答的長度</translation>
    </message>
    <message>
        <source>Rows of a batch</source>
        <translation>每批次的列數</translation>
    </message>
    <message>
        <source>Rows that are computed together, or answers under way at the same time</source>
        <translation>一起計算的列數，或同時產生的回答數</translation>
    </message>
    <message>
        <source>Precision of answering</source>
        <translation>回答時的精度</translation>
    </message>
    <message>
        <source>Numbers of the weights while the model answers; trainings choose their own</source>
        <translation>模型回答時權重的數值格式；訓練會自行選擇</translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens, answered beside the base model.</source>
        <translation>%1，每列最多 %2 個詞元，搭配基礎模型回答。</translation>
    </message>
</context>
<context>
    <name>studio::ui::GenerateSettingsPopup</name>
    <message>
        <source>How answers are generated</source>
        <translation>產生回答的方式</translation>
    </message>
    <message>
        <source>Stop texts</source>
        <translation>停止文字</translation>
    </message>
    <message>
        <source>An answer ends before the first of these; one a line, \n for a line break.</source>
        <translation>回答會在其中任一文字之前結束；每行一個，\n 代表換行。</translation>
    </message>
    <message>
        <source>Greedy</source>
        <translation>貪婪解碼</translation>
    </message>
    <message>
        <source>Temperature %1</source>
        <translation>溫度 %1</translation>
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
            <numerusform>%Ln 個停止文字</numerusform>
        </translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>種子 %1</translation>
    </message>
    <message numerus="yes">
        <source>at most %Ln token(s)</source>
        <translation>
            <numerusform>最多 %Ln 個詞元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::ImportPane</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln 個檔案</numerusform>
        </translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>匯入 %1</translation>
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
        <translation>停止後，專案維持原樣。</translation>
    </message>
    <message>
        <source>Nothing is stored until you accept.</source>
        <translation>接受之前不會儲存任何內容。</translation>
    </message>
    <message>
        <source>Storing the rows</source>
        <translation>正在儲存列</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在讀取 %1</translation>
    </message>
    <message>
        <source>: %1 of %2</source>
        <translation>：%1 / %2</translation>
    </message>
    <message>
        <source>Rows that come in</source>
        <translation>匯入的列</translation>
    </message>
    <message>
        <source>as accepted rows, in no split</source>
        <translation>狀態為已接受，不在任何分割中</translation>
    </message>
    <message>
        <source>nothing to import</source>
        <translation>沒有可匯入的內容</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不匯入</translation>
    </message>
    <message>
        <source>listed below with the reason</source>
        <translation>原因列於下方</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>檔案</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1 與另外 %Ln 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Read as</source>
        <translation>讀取格式</translation>
    </message>
    <message>
        <source>Refused rows</source>
        <translation>不匯入的列</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>複製清單</translation>
    </message>
    <message numerus="yes">
        <source>Import %Ln row(s)</source>
        <translation>
            <numerusform>匯入 %Ln 列</numerusform>
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
        <translation>輸入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回應</translation>
    </message>
</context>
<context>
    <name>studio::ui::LearningRateDialog</name>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>The peak is %1; the newest step had %2.</source>
        <translation>峰值為 %1；最新一步為 %2。</translation>
    </message>
    <message>
        <source>The peak is %1.</source>
        <translation>峰值為 %1。</translation>
    </message>
    <message>
        <source>New peak</source>
        <translation>新的峰值</translation>
    </message>
    <message>
        <source>New peak learning rate</source>
        <translation>新的學習率峰值</translation>
    </message>
    <message>
        <source>Halve</source>
        <translation>減半</translation>
    </message>
    <message>
        <source>It counts from the next step on. The schedule keeps its shape: where it is at half its peak, half of the new one is used.</source>
        <translation>從下一步起生效。學習率排程的形狀不變：降到峰值一半之處，就使用新峰值的一半。</translation>
    </message>
    <message>
        <source>Change the rate</source>
        <translation>變更學習率</translation>
    </message>
    <message>
        <source>The learning rate is a number from %1 to %2.</source>
        <translation>學習率須為 %1 到 %2 的數字。</translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthChart</name>
    <message>
        <source>Row lengths, cutoff %1, %2 rows cut, %3 dropped</source>
        <translation>列長度，截斷長度 %1，%2 列被截斷，%3 列捨棄</translation>
    </message>
    <message>
        <source>Row lengths, not counted</source>
        <translation>列長度，尚未計算</translation>
    </message>
    <message>
        <source>cutoff %1</source>
        <translation>截斷長度 %1</translation>
    </message>
    <message>
        <source>no row cut</source>
        <translation>無列被截斷</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cut</source>
        <translation>
            <numerusform>%Ln 列被截斷</numerusform>
        </translation>
    </message>
    <message>
        <source>none dropped</source>
        <translation>無捨棄</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) dropped</source>
        <translation>
            <numerusform>%Ln 列捨棄</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>studio::ui::LengthPanel</name>
    <message numerus="yes">
        <source>Length of all %Ln train row(s)</source>
        <translation>
            <numerusform>全部 %Ln 列訓練資料的長度</numerusform>
        </translation>
    </message>
    <message>
        <source>Length of the train rows</source>
        <translation>訓練資料的長度</translation>
    </message>
    <message>
        <source>of at most %1</source>
        <translation>上限 %1</translation>
    </message>
    <message numerus="yes">
        <source>Show next of %Ln row(s)</source>
        <translation>
            <numerusform>顯示這 %Ln 列的下一列</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff</source>
        <translation>截斷長度</translation>
    </message>
    <message>
        <source>Cutoff in tokens</source>
        <translation>截斷長度（詞元數）</translation>
    </message>
    <message>
        <source>Longest row in tokens; longer rows lose their end. Train uses the same.</source>
        <translation>一列最多的詞元數；較長的列會失去結尾。訓練採用同一數值。</translation>
    </message>
    <message>
        <source>Show the next row that loses its end</source>
        <translation>顯示下一個失去結尾的列</translation>
    </message>
    <message>
        <source>What another cutoff would do</source>
        <translation>改用其他截斷長度的影響</translation>
    </message>
    <message>
        <source>At most %1 for this model.</source>
        <translation>這個模型最多 %1。</translation>
    </message>
</context>
<context>
    <name>studio::ui::LossChart</name>
    <message>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <source>train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>平滑</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>對數軸</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟隨</translation>
    </message>
    <message numerus="yes">
        <source>eval, %Ln validation row(s)</source>
        <translation>
            <numerusform>評估，%Ln 列驗證資料</numerusform>
        </translation>
    </message>
    <message>
        <source>eval</source>
        <translation>評估</translation>
    </message>
    <message>
        <source>Fit the whole run</source>
        <translation>顯示整次訓練</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>複製為表格</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存為 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存為 CSV…</translation>
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
        <translation>第 %1 週期</translation>
    </message>
    <message>
        <source>Step %1 · epoch %2</source>
        <translation>第 %1 步 · 週期 %2</translation>
    </message>
    <message>
        <source>Train loss %1</source>
        <translation>訓練損失 %1</translation>
    </message>
    <message>
        <source>smoothed %1</source>
        <translation>平滑後 %1</translation>
    </message>
    <message>
        <source>Eval loss %1</source>
        <translation>評估損失 %1</translation>
    </message>
    <message>
        <source>Learning rate %1</source>
        <translation>學習率 %1</translation>
    </message>
    <message>
        <source>gradient norm %1</source>
        <translation>梯度範數 %1</translation>
    </message>
    <message>
        <source>Loss chart, no steps yet</source>
        <translation>損失圖，尚無任何一步</translation>
    </message>
    <message>
        <source>Loss chart, %1 steps planned</source>
        <translation>損失圖，預計 %1 步</translation>
    </message>
    <message>
        <source>Loss, step %1 of %2, train %3, eval %4</source>
        <translation>損失，第 %1 步，共 %2 步，訓練 %3，評估 %4</translation>
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
        <translation>復原(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>復原「%1」(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>重做「%1」(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>檔案(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新增專案(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>開啟專案(&amp;O)…</translation>
    </message>
    <message>
        <source>Open the &amp;sample project</source>
        <translation>開啟範例專案(&amp;S)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>最近開啟的專案(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>匯入(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>匯出(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>結束(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編輯(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>檢視(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>佈景主題(&amp;T)</translation>
    </message>
    <message>
        <source>Follow the &amp;system</source>
        <translation>跟隨系統(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>淺色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>語言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>前往(&amp;G)</translation>
    </message>
    <message>
        <source>Next &amp;pane</source>
        <translation>下一個窗格(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>執行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Start training</source>
        <translation>開始訓練(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;top…</source>
        <translation>停止(&amp;T)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>說明(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard</source>
        <translation>鍵盤(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About FineTune Studio</source>
        <translation>關於 FineTune Studio(&amp;A)</translation>
    </message>
    <message>
        <source>Pane of &amp;details</source>
        <translation>詳細資料窗格(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Find an action…</source>
        <translation>尋找動作(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>繼續(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暫停(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Learning rate…</source>
        <translation>學習率(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Notify when a run ends</source>
        <translation>執行結束時通知(&amp;N)</translation>
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
        <translation>關於 FineTune Studio</translation>
    </message>
    <message>
        <source>FineTune Studio %1</source>
        <translation>FineTune Studio %1</translation>
    </message>
    <message>
        <source>Prepare instruction–response data, see what the model will see, fine-tune on this computer and find out whether it got better.
Free software under the GNU General Public License, version 3 or later.</source>
        <translation>準備指令與回應資料，看看模型會看到什麼，在這台電腦上微調，並確認結果是否改善。
依 GNU 通用公共授權條款第 3 版或更新版本釋出的自由軟體。</translation>
    </message>
    <message>
        <source>Alt+Right: the next step of the loop</source>
        <translation>Alt+Right：微調循環的下一步</translation>
    </message>
    <message>
        <source>F6: next pane</source>
        <translation>F6：下一個窗格</translation>
    </message>
    <message>
        <source>Ctrl+F: search</source>
        <translation>Ctrl+F：搜尋</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z: undo, redo</source>
        <translation>Ctrl+Z、Ctrl+Shift+Z：復原、重做</translation>
    </message>
    <message>
        <source>Ctrl+I, Ctrl+E: import, export</source>
        <translation>Ctrl+I、Ctrl+E：匯入、匯出</translation>
    </message>
    <message>
        <source>Ctrl+R: start training</source>
        <translation>Ctrl+R：開始訓練</translation>
    </message>
    <message>
        <source>Ctrl+.: stop</source>
        <translation>Ctrl+.：停止</translation>
    </message>
    <message>
        <source>Ctrl+Enter: the main action of a page</source>
        <translation>Ctrl+Enter：頁面的主要操作</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>鍵盤</translation>
    </message>
    <message>
        <source>Keys that work on every page</source>
        <translation>每一頁都可用的按鍵</translation>
    </message>
    <message>
        <source>F9: show or hide the pane of details</source>
        <translation>F9：顯示或隱藏詳細資料窗格</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P: find an action by its name</source>
        <translation>Ctrl+Shift+P：依名稱尋找動作</translation>
    </message>
    <message>
        <source>Ctrl+P: pause, or go on</source>
        <translation>Ctrl+P：暫停或繼續</translation>
    </message>
    <message>
        <source>Ctrl+1 to Ctrl+%1: the pages from Data to Compare</source>
        <translation>Ctrl+1 到 Ctrl+%1：從資料到比較的各頁</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelDetails</name>
    <message numerus="yes">
        <source>%Ln layer(s)</source>
        <translation>
            <numerusform>%Ln 層</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln head(s)</source>
        <translation>
            <numerusform>%Ln 個注意力頭</numerusform>
        </translation>
    </message>
    <message>
        <source>width %1</source>
        <translation>寬度 %1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 個詞元</numerusform>
        </translation>
    </message>
    <message>
        <source>none that this version reads</source>
        <translation>沒有這個版本能讀取的分詞器</translation>
    </message>
    <message>
        <source>its own, from its training</source>
        <translation>自帶，來自它的訓練</translation>
    </message>
    <message>
        <source>No model is chosen.</source>
        <translation>尚未選擇模型。</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>結構</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>詞彙表</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文長度</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目標投影層</translation>
    </message>
    <message>
        <source>Stored as</source>
        <translation>儲存格式</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分詞器</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>授權</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>來源模型</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>its own chat template</source>
        <translation>自帶的對話模板</translation>
    </message>
    <message>
        <source>none: choose an instruction template on Prompts, and fine-tune with it</source>
        <translation>無：請在「提示模板」頁選擇指令模板，並用它微調</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelExportDialog</name>
    <message>
        <source>Where to export to</source>
        <translation>匯出到哪裡</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF 檔案 (*.gguf)</translation>
    </message>
    <message>
        <source>Reading the model</source>
        <translation>正在讀取模型</translation>
    </message>
    <message>
        <source>Writing: %1 of %2</source>
        <translation>正在寫入：%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/秒</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>約剩 %1</translation>
    </message>
    <message>
        <source>Loading the weights</source>
        <translation>正在載入權重</translation>
    </message>
    <message>
        <source>%1 was written: %2.</source>
        <translation>已寫入 %1：%2。</translation>
    </message>
    <message>
        <source>Worth knowing: %1</source>
        <translation>注意事項：%1</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>An export is running</source>
        <translation>匯出正在進行</translation>
    </message>
    <message>
        <source>%1 is not written yet.</source>
        <translation>%1 尚未寫完。</translation>
    </message>
    <message>
        <source>Stopped, nothing of it stays. It also goes on while this window is open and other pages are used.</source>
        <translation>停止後不會留下任何內容。這個視窗開著時，也可以一邊匯出一邊使用其他頁面。</translation>
    </message>
    <message>
        <source>Go on exporting</source>
        <translation>繼續匯出</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>停止並關閉</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message>
        <source>The file is there already</source>
        <translation>檔案已存在</translation>
    </message>
    <message>
        <source>%1 is overwritten by the export.</source>
        <translation>匯出會覆寫 %1。</translation>
    </message>
    <message>
        <source>The old file stays until the new one is complete.</source>
        <translation>新檔案完成之前，舊檔案會保留。</translation>
    </message>
    <message>
        <source>Keep the file</source>
        <translation>保留檔案</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>覆寫</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>已停止，沒有寫入任何內容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>%1 is there already. Choose another name.</source>
        <translation>%1 已存在。請選擇其他名稱。</translation>
    </message>
    <message>
        <source>About %1, and %2 in between for the merged weights.</source>
        <translation>約 %1，過程中合併的權重另需 %2。</translation>
    </message>
    <message>
        <source>About %1.</source>
        <translation>約 %1。</translation>
    </message>
    <message>
        <source>%1 are free.</source>
        <translation>可用空間 %1。</translation>
    </message>
    <message>
        <source>Only %1 are free: choose another disk or a smaller type.</source>
        <translation>可用空間只有 %1：請選擇其他磁碟或較小的類型。</translation>
    </message>
    <message>
        <source>Weights with the adapter merged into them, tokenizer, template and card, for Transformers and all that reads its folders.</source>
        <translation>已合併適配器的權重、分詞器、模板與說明卡，供 Transformers 及能讀取其資料夾的程式使用。</translation>
    </message>
    <message>
        <source>Weights, tokenizer, template and card, for Transformers and all that reads its folders.</source>
        <translation>權重、分詞器、模板與說明卡，供 Transformers 及能讀取其資料夾的程式使用。</translation>
    </message>
    <message>
        <source>Weights, tokenizer and chat template in one file, for llama.cpp, Ollama and LM Studio.</source>
        <translation>權重、分詞器與對話模板合為一個檔案，供 llama.cpp、Ollama 與 LM Studio 使用。</translation>
    </message>
    <message>
        <source>The files that PEFT reads, in the adapter&apos;s own type; they need the base model beside them.</source>
        <translation>PEFT 讀取的檔案，維持適配器自己的類型；使用時需要基礎模型。</translation>
    </message>
    <message>
        <source>The base model is not on this computer, so nothing can be merged.</source>
        <translation>這部電腦上沒有基礎模型，因此無法合併。</translation>
    </message>
    <message>
        <source>A GGUF file is not possible. %1</source>
        <translation>無法匯出為 GGUF 檔案。%1</translation>
    </message>
    <message>
        <source>Export a model</source>
        <translation>匯出模型</translation>
    </message>
    <message>
        <source>As</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Model folder (Hugging Face)</source>
        <translation>模型資料夾（Hugging Face）</translation>
    </message>
    <message>
        <source>GGUF file</source>
        <translation>GGUF 檔案</translation>
    </message>
    <message>
        <source>Adapter alone (PEFT)</source>
        <translation>僅適配器（PEFT）</translation>
    </message>
    <message>
        <source>Type of the weights</source>
        <translation>權重類型</translation>
    </message>
    <message>
        <source>To</source>
        <translation>匯出到</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>瀏覽…</translation>
    </message>
    <message>
        <source>Choose where to export to</source>
        <translation>選擇匯出的位置</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>匯出</translation>
    </message>
    <message>
        <source>Write it; under its name it appears only when it is complete</source>
        <translation>開始寫入；完成後才會以這個名稱出現</translation>
    </message>
</context>
<context>
    <name>studio::ui::ModelTableModel</name>
    <message>
        <source>The base of this project</source>
        <translation>這個專案的基礎模型</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>損壞</translation>
    </message>
    <message>
        <source>%1, base of this project</source>
        <translation>%1，這個專案的基礎模型</translation>
    </message>
    <message>
        <source>Of the weights on the disk</source>
        <translation>權重在磁碟上的大小</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>權重</translation>
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
        <translation>已開啟模型的清單損壞，因此重新開始。請再次開啟這些資料夾；損壞的清單保留在新清單旁。</translation>
    </message>
    <message>
        <source>Reading models: %1 of %2</source>
        <translation>正在讀取模型：%1／%2</translation>
    </message>
    <message>
        <source>Reading was stopped: not all models are listed.</source>
        <translation>已停止讀取：清單並不完整。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新讀取</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細資料</translation>
    </message>
    <message>
        <source>base</source>
        <translation>基礎</translation>
    </message>
    <message>
        <source>No project is open.</source>
        <translation>沒有開啟專案。</translation>
    </message>
    <message>
        <source>This model cannot be read.</source>
        <translation>無法讀取這個模型。</translation>
    </message>
    <message>
        <source>Make it the base of this project and go to Train (Ctrl+Enter)</source>
        <translation>設為這個專案的基礎模型並前往「訓練」(Ctrl+Enter)</translation>
    </message>
    <message>
        <source>Put it beside another model on Compare</source>
        <translation>在「比較」中與另一個模型並列</translation>
    </message>
    <message>
        <source>What this computer can answer with, adapt or train</source>
        <translation>這台電腦能用來回答、調整或訓練的模型</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 個中有 %1 個符合</translation>
    </message>
    <message numerus="yes">
        <source>%Ln model(s)</source>
        <translation>
            <numerusform>%Ln 個模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Next: set up training</source>
        <translation>下一步：設定訓練</translation>
    </message>
    <message>
        <source>%1 is the base of this project</source>
        <translation>%1 是這個專案的基礎模型</translation>
    </message>
    <message>
        <source>%1, the base of this project, cannot be read</source>
        <translation>無法讀取這個專案的基礎模型 %1</translation>
    </message>
    <message>
        <source>No base model is chosen yet</source>
        <translation>尚未選擇基礎模型</translation>
    </message>
    <message>
        <source>Take LoRA instead of all weights, a smaller model, shorter rows or fewer of them in a batch.</source>
        <translation>可改用 LoRA 而不訓練全參數、改用較小的模型、較短的列，或減少每批次的列數。</translation>
    </message>
    <message>
        <source>Does not fit?</source>
        <translation>記憶體不足？</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>開啟資料夾…</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜尋模型</translation>
    </message>
    <message>
        <source>Kind: any</source>
        <translation>種類：全部</translation>
    </message>
    <message>
        <source>Kind of model</source>
        <translation>模型種類</translation>
    </message>
    <message>
        <source>Only what fits</source>
        <translation>只顯示記憶體足夠的</translation>
    </message>
    <message>
        <source>Only models that can at least answer on this device</source>
        <translation>只顯示在這個裝置上至少能回答的模型</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>足夠</translation>
    </message>
    <message>
        <source>tight: above %1 % of free memory</source>
        <translation>吃緊：超過可用記憶體的 %1 %</translation>
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
        <translation>訓練這個</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>比較…</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多動作</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>開啟模型資料夾</translation>
    </message>
    <message>
        <source>There is no config.json in %1. Choose a model folder in the Hugging Face layout.</source>
        <translation>%1 中沒有 config.json。請選擇 Hugging Face 格式的模型資料夾。</translation>
    </message>
    <message>
        <source>Rename in the list</source>
        <translation>在清單中重新命名</translation>
    </message>
    <message>
        <source>Name of %1; its folder keeps its own. Nothing gives the model its own name back.</source>
        <translation>%1 的名稱；資料夾的名稱不變。填入原名即可恢復。</translation>
    </message>
    <message>
        <source>It comes with the program.</source>
        <translation>它隨程式提供。</translation>
    </message>
    <message>
        <source>It belongs to a run. Delete the run on Runs.</source>
        <translation>它屬於一筆執行紀錄。請在「執行紀錄」中刪除該紀錄。</translation>
    </message>
    <message>
        <source>It lies in the project&apos;s folder.</source>
        <translation>它位於專案的資料夾中。</translation>
    </message>
    <message>
        <source>It is the base of this project. Choose another base first.</source>
        <translation>它是這個專案的基礎模型。請先選擇另一個基礎模型。</translation>
    </message>
    <message>
        <source>%1 is off the list; its files stay.</source>
        <translation>%1 已從清單移除；檔案仍保留。</translation>
    </message>
    <message>
        <source>%1 (base of this project)</source>
        <translation>%1（這個專案的基礎模型）</translation>
    </message>
    <message>
        <source>Add a model folder in the Hugging Face layout, or a LoRA adapter&apos;s folder, to the list</source>
        <translation>把 Hugging Face 格式的模型資料夾或 LoRA 適配器的資料夾加入清單</translation>
    </message>
    <message>
        <source>%1 (adapter)</source>
        <translation>%1（適配器）</translation>
    </message>
    <message>
        <source>%1 (its base)</source>
        <translation>%1（其基礎模型）</translation>
    </message>
    <message>
        <source>There is no other model yet</source>
        <translation>還沒有其他模型</translation>
    </message>
    <message>
        <source>Base of this project</source>
        <translation>設為專案的基礎模型</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在檔案管理員中顯示</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重新命名…</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>從清單移除</translation>
    </message>
    <message>
        <source>Its files stay where they are</source>
        <translation>檔案會留在原處</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下載…</translation>
    </message>
    <message>
        <source>Fetch a model from a hub such as Hugging Face</source>
        <translation>從 Hugging Face 等模型平台下載模型</translation>
    </message>
    <message>
        <source>Models that this computer knows will be listed here. Open the folder of one, with config.json and model.safetensors, or download one.</source>
        <translation>這部電腦已知的模型會列在這裡。請開啟模型的資料夾（含 config.json 與 model.safetensors），或下載一個。</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message>
        <source>Write it for another program (E in the table)</source>
        <translation>匯出給其他程式使用（在表格中按 E）</translation>
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
        <translation>複製詳細資訊</translation>
    </message>
    <message>
        <source>Close this note</source>
        <translation>關閉此訊息</translation>
    </message>
</context>
<context>
    <name>studio::ui::OverlayChart</name>
    <message>
        <source>The curves of the runs that are ticked in the list will be drawn here.</source>
        <translation>清單中勾選的執行紀錄，其曲線會畫在這裡。</translation>
    </message>
    <message>
        <source>None of the ticked runs has measured this figure yet.</source>
        <translation>勾選的執行紀錄都還沒有這項數值。</translation>
    </message>
    <message>
        <source>Curves of the runs</source>
        <translation>執行紀錄的曲線</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>評估損失</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>訓練損失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度範數</translation>
    </message>
    <message>
        <source>Figure of the chart</source>
        <translation>圖表的數值</translation>
    </message>
    <message>
        <source>Train loss and gradient norm are smoothed</source>
        <translation>訓練損失與梯度範數經過平滑</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步數</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>週期</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Axis of the chart</source>
        <translation>圖表的橫軸</translation>
    </message>
    <message>
        <source>Fit all runs</source>
        <translation>顯示全部</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>對數軸</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>複製為表格</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存為 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存為 CSV…</translation>
    </message>
</context>
<context>
    <name>studio::ui::OverlayPlot</name>
    <message>
        <source>%1: diverged</source>
        <translation>%1：發散</translation>
    </message>
    <message>
        <source>Epoch %1</source>
        <translation>週期 %1</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>經過 %1</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 %2, diverged</source>
        <translation>%1 %2，發散</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Chart of the runs, empty</source>
        <translation>執行紀錄的圖表，沒有內容</translation>
    </message>
    <message>
        <source>Eval loss of the runs: %1</source>
        <translation>各執行紀錄的評估損失：%1</translation>
    </message>
    <message>
        <source>Train loss of the runs: %1</source>
        <translation>各執行紀錄的訓練損失：%1</translation>
    </message>
    <message>
        <source>Learning rate of the runs: %1</source>
        <translation>各執行紀錄的學習率：%1</translation>
    </message>
    <message>
        <source>Gradient norm of the runs: %1</source>
        <translation>各執行紀錄的梯度範數：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::Page</name>
    <message>
        <source>Data</source>
        <translation>資料</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>%1, page %2 of %3 in the loop</source>
        <translation>%1，微調循環第 %2 頁，共 %3 頁</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>執行紀錄</translation>
    </message>
    <message>
        <source>%1, beside %2 in the loop</source>
        <translation>%1，在微調循環的「%2」旁</translation>
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
        <translation>開始之前</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步數</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶體</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁碟</translation>
    </message>
    <message>
        <source>%1 an epoch</source>
        <translation>每週期 %1 步</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>約 %1</translation>
    </message>
    <message>
        <source>roughly %1</source>
        <translation>大約 %1</translation>
    </message>
    <message>
        <source>as fast as %1</source>
        <translation>速度同 %1</translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation>尚未測量</translation>
    </message>
    <message>
        <source>%1 free</source>
        <translation>可用 %1</translation>
    </message>
    <message>
        <source>No row has a response within the cutoff</source>
        <translation>沒有任何一列的回應落在截斷長度之內</translation>
    </message>
    <message>
        <source>Cutoff is %1 tokens; raise it.</source>
        <translation>截斷長度為 %1 詞元，請提高。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>變更</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) have no response left and are not used</source>
        <translation>
            <numerusform>%Ln 列沒有剩下回應，不會使用</numerusform>
        </translation>
    </message>
    <message>
        <source>The prompt alone reaches the cutoff of %1 tokens.</source>
        <translation>光是提示就達到 %1 詞元的截斷長度。</translation>
    </message>
    <message>
        <source>Show rows</source>
        <translation>顯示這些列</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) lose the end of their response</source>
        <translation>
            <numerusform>%Ln 列失去回應的結尾</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff is %1. The longest row has %2 tokens.</source>
        <translation>截斷長度為 %1，最長的一列有 %2 詞元。</translation>
    </message>
    <message>
        <source>Every row fits into %1 tokens</source>
        <translation>每一列都在 %1 詞元之內</translation>
    </message>
    <message>
        <source>%1 train rows, %2 tokens an epoch</source>
        <translation>%1 列訓練資料，每週期 %2 詞元</translation>
    </message>
    <message>
        <source>No row is kept for the evaluation loss</source>
        <translation>沒有列可計算評估損失</translation>
    </message>
    <message>
        <source>The chart will show the train loss only.</source>
        <translation>圖表只會顯示訓練損失。</translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation>開啟資料頁</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s), taken from train by a fixed seed</source>
        <translation>
            <numerusform>%Ln 列驗證資料，以固定種子從訓練集取出</numerusform>
        </translation>
    </message>
    <message>
        <source>No row is in the validation split, so 5 % of train are kept aside and not trained on.</source>
        <translation>驗證集沒有列，因此留出 5 % 的訓練列，不用於訓練。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) for the evaluation loss</source>
        <translation>
            <numerusform>%Ln 列驗證資料，用於計算評估損失</numerusform>
        </translation>
    </message>
    <message>
        <source>About %1 of %2 free: weights, gradients and optimizer %3, activations %4.</source>
        <translation>約需 %1，可用 %2：權重、梯度與最佳化器 %3，活化值 %4。</translation>
    </message>
    <message>
        <source>The memory may not be enough</source>
        <translation>記憶體可能不足</translation>
    </message>
    <message>
        <source>Smaller batch</source>
        <translation>縮小批次</translation>
    </message>
    <message>
        <source>The memory is tight</source>
        <translation>記憶體吃緊</translation>
    </message>
    <message>
        <source>The memory is enough</source>
        <translation>記憶體足夠</translation>
    </message>
    <message>
        <source>The disk has no room for the model</source>
        <translation>磁碟空間不足以存放模型</translation>
    </message>
    <message>
        <source>%1 are needed, %2 are free. Make room first.</source>
        <translation>需要 %1，可用 %2。請先騰出空間。</translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then stays</source>
        <translation>前 %1 步預熱，共 %2 步；之後學習率不變</translation>
    </message>
    <message>
        <source>Warm-up %1 of %2 steps; the rate then falls to %3</source>
        <translation>前 %1 步預熱，共 %2 步；之後學習率降到 %3</translation>
    </message>
    <message numerus="yes">
        <source>Evaluated at the start, every %Ln step(s), and at the end</source>
        <translation>
            <numerusform>開始時、每 %Ln 步與結束時評估</numerusform>
        </translation>
    </message>
    <message>
        <source>The time is computed, not measured</source>
        <translation>時間是推算的，並非實測</translation>
    </message>
    <message>
        <source>measured on this machine</source>
        <translation>在這部電腦上測得</translation>
    </message>
    <message>
        <source>Measuring a few steps</source>
        <translation>正在測量幾步</translation>
    </message>
    <message>
        <source>The model is loaded and trained for some seconds; nothing of it is kept.</source>
        <translation>載入模型並訓練幾秒鐘；結果不會保留。</translation>
    </message>
    <message>
        <source>The time is that of an earlier run</source>
        <translation>時間取自較早的訓練</translation>
    </message>
    <message>
        <source>Its settings may have been others. A few steps measure these.</source>
        <translation>當時的設定可能不同。測量幾步即可得知目前設定的時間。</translation>
    </message>
    <message>
        <source>Assumes %1 × 10⁹ operations per second and thread. A few steps measure it.</source>
        <translation>假設每個執行緒每秒 %1 × 10⁹ 次運算。測量幾步即可得知實際時間。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>測量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>%Ln passed</source>
        <translation>
            <numerusform>%Ln 項通過</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation>
            <numerusform>%Ln 個警告</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s)</source>
        <translation>
            <numerusform>%Ln 個錯誤</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing left within %1 tokens</source>
        <translation>在 %1 詞元內沒有剩下回應</translation>
    </message>
    <message>
        <source>longer than %1 tokens</source>
        <translation>超過 %1 詞元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) without a response are not used</source>
        <translation>
            <numerusform>%Ln 列沒有回應，不會使用</numerusform>
        </translation>
    </message>
    <message>
        <source>without a response</source>
        <translation>沒有回應</translation>
    </message>
    <message numerus="yes">
        <source>%Ln accepted row(s) in no split are not used</source>
        <translation>
            <numerusform>%Ln 列已接受但不在任何分割中，不會使用</numerusform>
        </translation>
    </message>
    <message>
        <source>Split on Data deals all rows anew.</source>
        <translation>資料頁的「分割」會重新分配所有列。</translation>
    </message>
    <message>
        <source>in no split</source>
        <translation>不在任何分割中</translation>
    </message>
    <message>
        <source>No train row has a response</source>
        <translation>訓練列都沒有回應</translation>
    </message>
    <message>
        <source>Write responses, or put rows that have one into train.</source>
        <translation>請撰寫回應，或把有回應的列放入訓練集。</translation>
    </message>
    <message>
        <source>The base model holds %1 tokens at most. Shorten the prompts, or choose another model.</source>
        <translation>基礎模型最多容納 %1 個詞元。請縮短提示，或選擇其他模型。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) are measured without their end</source>
        <translation>
            <numerusform>%Ln 列驗證資料的結尾不列入評估</numerusform>
        </translation>
    </message>
    <message>
        <source>Cutoff is %1 tokens.</source>
        <translation>截斷長度為 %1 詞元。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln validation row(s) have no response to measure</source>
        <translation>
            <numerusform>%Ln 列驗證資料沒有可評估的回應</numerusform>
        </translation>
    </message>
    <message>
        <source>Packed end to end, nothing is padded; without packing %1 % of each batch would be.</source>
        <translation>各列首尾相接打包，沒有填補；若不打包，每個批次有 %1 % 是填補。</translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln more, all passed</source>
        <translation>
            <numerusform>再顯示 %Ln 項，全部通過</numerusform>
        </translation>
    </message>
    <message>
        <source>About %1: weights, gradients and optimizer %2, activations %3.</source>
        <translation>約需 %1：權重、梯度與最佳化器 %2，活化值 %3。</translation>
    </message>
    <message>
        <source>How much memory is free is not known</source>
        <translation>不知道有多少可用記憶體</translation>
    </message>
    <message>
        <source>It lies between %1 and %2.</source>
        <translation>時間介於 %1 與 %2 之間。</translation>
    </message>
    <message>
        <source>what is free is not known</source>
        <translation>可用量不明</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>The template is not the model&apos;s own chat template</source>
        <translation>這個模板不是模型自己的對話模板</translation>
    </message>
    <message>
        <source>The model knows how to answer in its own chat template. It first has to learn “%1” from your rows.</source>
        <translation>模型會用自己的對話模板回答，得先從資料列中學會「%1」。</translation>
    </message>
    <message>
        <source>Choose a template</source>
        <translation>選擇模板</translation>
    </message>
    <message>
        <source>The model does not read them as they were written.</source>
        <translation>模型讀不到它們原本的寫法。</translation>
    </message>
</context>
<context>
    <name>studio::ui::ProgressLine</name>
    <message>
        <source>%1 percent</source>
        <translation>百分之 %1</translation>
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
        <translation>內建基礎模型</translation>
    </message>
    <message>
        <source>%1 (adapter on %2)</source>
        <translation>%1（%2 上的適配器）</translation>
    </message>
    <message>
        <source>%1 (merged)</source>
        <translation>%1（已合併）</translation>
    </message>
    <message>
        <source>No base model is chosen. Choose a model folder on Train.</source>
        <translation>尚未選擇基礎模型。請在訓練頁選擇模型資料夾。</translation>
    </message>
    <message>
        <source>Chat of %1</source>
        <translation>%1 的對話格式</translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptBar</name>
    <message>
        <source>with input</source>
        <translation>含輸入</translation>
    </message>
    <message>
        <source>without input</source>
        <translation>不含輸入</translation>
    </message>
    <message>
        <source>Your own prompt · %1</source>
        <translation>自訂提示 · %1</translation>
    </message>
    <message>
        <source>Row %1 · test split · %2</source>
        <translation>第 %1 列 · 測試集 · %2</translation>
    </message>
    <message>
        <source>Ask both models something</source>
        <translation>向兩個模型提問</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Ask both</source>
        <translation>詢問兩者</translation>
    </message>
    <message>
        <source>Ask both (Ctrl+Enter)</source>
        <translation>詢問兩者（Ctrl+Enter）</translation>
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
        <translation>上一個提示（K）</translation>
    </message>
    <message>
        <source>Previous prompt</source>
        <translation>上一個提示</translation>
    </message>
    <message>
        <source>Next prompt (J)</source>
        <translation>下一個提示（J）</translation>
    </message>
    <message>
        <source>Next prompt</source>
        <translation>下一個提示</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>變更…</translation>
    </message>
    <message>
        <source>Change how answers are generated</source>
        <translation>變更產生回答的方式</translation>
    </message>
</context>
<context>
    <name>studio::ui::PromptsPage</name>
    <message>
        <source>This template is not stored because of its fault. Correct it, or discard the edit.</source>
        <translation>模板有誤，因此尚未儲存。請修正，或捨棄這次編輯。</translation>
    </message>
    <message>
        <source>Discard the edit</source>
        <translation>捨棄編輯</translation>
    </message>
    <message>
        <source>Make a copy</source>
        <translation>建立副本</translation>
    </message>
    <message>
        <source>Name of the copy</source>
        <translation>副本名稱</translation>
    </message>
    <message>
        <source>The template has a fault and is not stored</source>
        <translation>模板有誤，尚未儲存</translation>
    </message>
    <message>
        <source>%1 of %2 rows lose their end</source>
        <translation>%2 列中有 %1 列失去結尾</translation>
    </message>
    <message numerus="yes">
        <source>All %Ln row(s) fit into the cutoff</source>
        <translation>
            <numerusform>全部 %Ln 列都在截斷長度之內</numerusform>
        </translation>
    </message>
    <message>
        <source>The same template everywhere, kept with the model</source>
        <translation>處處使用同一模板，並隨模型保存</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分詞器</translation>
    </message>
    <message>
        <source>Tokenizer of the base model</source>
        <translation>基礎模型的分詞器</translation>
    </message>
    <message>
        <source>The base model whose tokenizer splits the text</source>
        <translation>以這個基礎模型的分詞器切分文字</translation>
    </message>
    <message>
        <source>Make a copy (Ctrl+D)</source>
        <translation>建立副本（Ctrl+D）</translation>
    </message>
    <message>
        <source>Here you will see a row exactly as the model does. The project has no rows yet.</source>
        <translation>這裡會顯示模型實際看到的一列。專案還沒有任何列。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往資料</translation>
    </message>
    <message>
        <source>Next: choose a base model</source>
        <translation>下一步：選擇基礎模型</translation>
    </message>
    <message>
        <source>Chat template of %1</source>
        <translation>%1 的對話模板</translation>
    </message>
    <message>
        <source>This model knows how to answer in a chat template of its own. Other templates work as well, but it first has to learn them from your rows.</source>
        <translation>這個模型會用自己的對話模板回答。其他模板也能用，但模型得先從資料列中學會它們。</translation>
    </message>
    <message>
        <source>Use its chat template</source>
        <translation>使用它的對話模板</translation>
    </message>
</context>
<context>
    <name>studio::ui::QtDialogs</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>複製詳細資訊</translation>
    </message>
</context>
<context>
    <name>studio::ui::QueueDelegate</name>
    <message>
        <source>Name of the run</source>
        <translation>執行紀錄的名稱</translation>
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
        <translation>全參數</translation>
    </message>
    <message>
        <source>learning rate %1</source>
        <translation>學習率 %1</translation>
    </message>
    <message>
        <source>not started: %1</source>
        <translation>未開始：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::QueuePanel</name>
    <message>
        <source>The queue was not changed</source>
        <translation>佇列未變更</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>佇列</translation>
    </message>
    <message>
        <source>Runs that wait</source>
        <translation>等待中的執行</translation>
    </message>
    <message>
        <source>Start the queue</source>
        <translation>啟動佇列</translation>
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
        <translation>從佇列移除</translation>
    </message>
    <message>
        <source>the next starts when this run has ended</source>
        <translation>這次執行結束後開始下一個</translation>
    </message>
    <message>
        <source>the next starts now</source>
        <translation>下一個現在開始</translation>
    </message>
    <message>
        <source>waits for you</source>
        <translation>等你開始</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s), %1; settings, model and template as queued, rows as they are at the start</source>
        <translation>
            <numerusform>%Ln 個，%1；設定、模型與模板以加入時為準，資料列以開始時為準</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename (%1)</source>
        <translation>重新命名（%1）</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecipeChooser</name>
    <message>
        <source>Defaults</source>
        <translation>預設值</translation>
    </message>
    <message>
        <source>What every setting has where nothing else is chosen.</source>
        <translation>沒有另外選擇時，每項設定的值。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln recipe(s) cannot be read</source>
        <translation>
            <numerusform>%Ln 個配方無法讀取</numerusform>
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
        <translation>未選擇列</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>已編輯</translation>
    </message>
    <message>
        <source>Generated</source>
        <translation>模型產生</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未儲存</translation>
    </message>
    <message>
        <source>Saved as you type</source>
        <translation>輸入時自動儲存</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 詞元</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 + end token</source>
        <translation>%1 + 結束詞元</translation>
    </message>
    <message>
        <source>Not counted: the template has a problem. Prompts shows where.</source>
        <translation>未計算：模板有問題，位置見提示模板頁。</translation>
    </message>
    <message>
        <source>Not counted: the base model&apos;s tokenizer could not be loaded.</source>
        <translation>未計算：無法載入基礎模型的分詞器。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>tokens of a row, cutoff</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>prompt %1 · response %2</source>
        <translation>提示 %1 · 回應 %2</translation>
    </message>
    <message>
        <source> · cut %1</source>
        <translation> · 截斷 %1</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回應</translation>
    </message>
    <message>
        <source>With template</source>
        <translation>套用模板後</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>來源</translation>
    </message>
    <message>
        <source>Duplicate the selected rows</source>
        <translation>為選取的列建立副本</translation>
    </message>
    <message>
        <source>Delete the selected rows (Del)</source>
        <translation>刪除選取的列（Del）</translation>
    </message>
    <message>
        <source>Delete the selected rows</source>
        <translation>刪除選取的列</translation>
    </message>
    <message>
        <source>Previous row (Alt+Up)</source>
        <translation>上一列（Alt+Up）</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一列</translation>
    </message>
    <message>
        <source>Next row (Alt+Down)</source>
        <translation>下一列（Alt+Down）</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一列</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordFilterBar</name>
    <message>
        <source>(no source)</source>
        <translation>（無來源）</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln row(s)</source>
        <translation>
            <numerusform>%Ln 列中的 %1 列</numerusform>
        </translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>全部列</translation>
    </message>
    <message>
        <source>Search all text</source>
        <translation>搜尋全部文字</translation>
    </message>
    <message>
        <source>Status: any</source>
        <translation>狀態：全部</translation>
    </message>
    <message>
        <source>Split: any</source>
        <translation>分割：全部</translation>
    </message>
    <message>
        <source>Source: any</source>
        <translation>來源：全部</translation>
    </message>
    <message>
        <source>Filter by status</source>
        <translation>依狀態篩選</translation>
    </message>
    <message>
        <source>Filter by split</source>
        <translation>依分割篩選</translation>
    </message>
    <message>
        <source>Filter by source</source>
        <translation>依來源篩選</translation>
    </message>
    <message>
        <source>Show all rows</source>
        <translation>顯示全部列</translation>
    </message>
    <message>
        <source>Source: %1</source>
        <translation>來源：%1</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>狀態：%1</translation>
    </message>
    <message>
        <source>Split: %1</source>
        <translation>分割：%1</translation>
    </message>
</context>
<context>
    <name>studio::ui::RecordTableModel</name>
    <message numerus="yes">
        <source>%Ln token(s) beyond the cutoff of %1 are cut off</source>
        <translation>
            <numerusform>超過截斷長度 %1 的 %Ln 個詞元會被截斷</numerusform>
        </translation>
    </message>
    <message>
        <source>Row</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Response</source>
        <translation>回應</translation>
    </message>
    <message>
        <source>Tokens of the whole row with the current template and tokenizer</source>
        <translation>以目前的模板與分詞器計算的整列詞元數</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>詞元</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>來源</translation>
    </message>
</context>
<context>
    <name>studio::ui::ReferencePanel</name>
    <message>
        <source>The same tokens from different weights</source>
        <translation>權重不同，詞元卻相同</translation>
    </message>
    <message>
        <source>Two models rarely agree token by token. For a short answer it may be chance.</source>
        <translation>兩個模型很少逐詞元完全一致。回答很短時可能是巧合。</translation>
    </message>
    <message>
        <source>A prompt of your own has no reference.</source>
        <translation>自訂提示沒有參考答案。</translation>
    </message>
    <message>
        <source>stopped, not counted</source>
        <translation>已停止，不計入</translation>
    </message>
    <message>
        <source>exact match</source>
        <translation>完全相符</translation>
    </message>
    <message>
        <source>contains, not exact</source>
        <translation>包含參考答案，但非完全相符</translation>
    </message>
    <message>
        <source>not in the answer</source>
        <translation>回答中沒有參考答案</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>與參考答案對照</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>詞</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字元</translation>
    </message>
    <message>
        <source>Unit of the comparison</source>
        <translation>比較的單位</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>參考答案</translation>
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
        <translation>檔案</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>列</translation>
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
        <translation>模型看到的內容</translation>
    </message>
    <message>
        <source>Previous row (Page Up)</source>
        <translation>上一列（Page Up）</translation>
    </message>
    <message>
        <source>Previous row</source>
        <translation>上一列</translation>
    </message>
    <message>
        <source>Next row (Page Down)</source>
        <translation>下一列（Page Down）</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一列</translation>
    </message>
    <message>
        <source>Row %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>Row number</source>
        <translation>列號</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy the exact text</source>
        <translation>複製原文</translation>
    </message>
</context>
<context>
    <name>studio::ui::RunTableModel</name>
    <message>
        <source>Before the training %1, best %2 at step %3, last %4</source>
        <translation>訓練前 %1，最佳 %2（第 %3 步），最後 %4</translation>
    </message>
    <message>
        <source>%1 of %2 test rows</source>
        <translation>測試集 %2 列中的 %1 列</translation>
    </message>
    <message>
        <source>on the chart</source>
        <translation>在圖表上</translation>
    </message>
    <message>
        <source>not on the chart</source>
        <translation>不在圖表上</translation>
    </message>
    <message>
        <source>%1, the lowest</source>
        <translation>%1，最低</translation>
    </message>
    <message>
        <source>On the chart (Space)</source>
        <translation>顯示在圖表上（空白鍵）</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>線條</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>執行紀錄</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Train rows</source>
        <translation>訓練列數</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>訓練損失</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>評估損失</translation>
    </message>
    <message>
        <source>Exact, %</source>
        <translation>完全相符 %</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>開始時間</translation>
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
        <translation>週期</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Left about</source>
        <translation>約剩</translation>
    </message>
    <message>
        <source>Train loss</source>
        <translation>訓練損失</translation>
    </message>
    <message>
        <source>Eval loss</source>
        <translation>評估損失</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>學習率</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度範數</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒詞元數</translation>
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
        <translation>開始：%1 列，其中 %2 列被截斷</translation>
    </message>
    <message>
        <source>Started: %1 rows, %2 tokens</source>
        <translation>開始：%1 列，%2 詞元</translation>
    </message>
    <message>
        <source>Evaluated before the first step: %1</source>
        <translation>第一步之前的評估：%1</translation>
    </message>
    <message>
        <source>Evaluated: %1, best so far</source>
        <translation>評估：%1，目前最佳</translation>
    </message>
    <message>
        <source>Evaluated: %1</source>
        <translation>評估：%1</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>The run was stopped before its first step; no model was saved.</source>
        <translation>訓練在第一步之前停止，沒有儲存模型。</translation>
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
        <translation>訓練 %1後停止，已學到的內容已儲存。</translation>
    </message>
    <message>
        <source>Finished: %1 in %2.</source>
        <translation>完成：%1，用時 %2。</translation>
    </message>
    <message>
        <source>Eval loss went from %1 to %2.</source>
        <translation>評估損失從 %1 變為 %2。</translation>
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
        <translation>%1 %</translation>
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
        <translation>第 %1 步的評估</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶體</translation>
    </message>
    <message>
        <source>Evaluated rows</source>
        <translation>評估的列</translation>
    </message>
    <message>
        <source>Events or rows</source>
        <translation>事件或列</translation>
    </message>
    <message>
        <source>Peak learning rate %1 asked for, from the next step on</source>
        <translation>已要求最高學習率 %1，從下一步起生效</translation>
    </message>
    <message>
        <source>Discarded after step %1</source>
        <translation>在第 %1 步後捨棄</translation>
    </message>
    <message>
        <source>Discarded after step %1; what it had learned is gone.</source>
        <translation>在第 %1 步後捨棄，已學到的內容不再保留。</translation>
    </message>
</context>
<context>
    <name>studio::ui::RunsPage</name>
    <message>
        <source>Six runs can be told apart on the chart. Untick one of them first.</source>
        <translation>圖表上最多能分辨六個執行紀錄。請先取消勾選其中一個。</translation>
    </message>
    <message>
        <source>Differences only, %1 of %2</source>
        <translation>只看差異，%1 / %2</translation>
    </message>
    <message>
        <source>Differences only</source>
        <translation>只看差異</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s)</source>
        <translation>
            <numerusform>%Ln 個執行紀錄</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 on the chart</source>
        <translation>圖表上 %1 個</translation>
    </message>
    <message>
        <source>%1 of %2 match</source>
        <translation>%2 個中有 %1 個符合</translation>
    </message>
    <message>
        <source>The chosen runs have no model yet.</source>
        <translation>所選的執行紀錄還沒有模型。</translation>
    </message>
    <message>
        <source>The base model and %1 answer the same prompts (Ctrl+Enter)</source>
        <translation>基礎模型與 %1 回答相同的提示（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>%1 and %2 answer the same prompts (Ctrl+Enter)</source>
        <translation>%1 與 %2 回答相同的提示（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Next: compare with the base model</source>
        <translation>下一步：與基礎模型比較</translation>
    </message>
    <message>
        <source>Best eval loss: %1</source>
        <translation>評估損失最低：%1</translation>
    </message>
    <message>
        <source>No run has a model to compare yet</source>
        <translation>還沒有可比較的模型</translation>
    </message>
    <message>
        <source>Next: train</source>
        <translation>下一步：訓練</translation>
    </message>
    <message>
        <source>Resume…</source>
        <translation>接續訓練…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>Repeat with changes…</source>
        <translation>修改後重新執行…</translation>
    </message>
    <message>
        <source>The settings of this run, on the Train page (Ctrl+D)</source>
        <translation>在訓練頁使用這個執行紀錄的設定（Ctrl+D）</translation>
    </message>
    <message>
        <source>Compare answers</source>
        <translation>比較回應</translation>
    </message>
    <message>
        <source>Name, tag or state</source>
        <translation>名稱、標籤或狀態</translation>
    </message>
    <message>
        <source>Filter the runs</source>
        <translation>篩選執行紀錄</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Move the selected runs to the trash (Del)</source>
        <translation>將所選的執行紀錄移到垃圾桶（Del）</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>執行紀錄</translation>
    </message>
    <message>
        <source>Settings and notes</source>
        <translation>設定與備註</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Notes and lineage</source>
        <translation>備註與來歷</translation>
    </message>
    <message>
        <source>What stands beside the chart</source>
        <translation>圖表旁顯示的內容</translation>
    </message>
    <message>
        <source>Every training will be listed here, with its curves and settings. There is none yet.</source>
        <translation>每次訓練都會列在這裡，附上曲線與設定。目前還沒有。</translation>
    </message>
    <message>
        <source>Go to Train</source>
        <translation>前往訓練</translation>
    </message>
    <message>
        <source>Resume %1?</source>
        <translation>要接續訓練 %1 嗎？</translation>
    </message>
    <message>
        <source>It goes on from its newest checkpoint, with its own model, settings and template.</source>
        <translation>將從最新的檢查點接續，沿用原來的模型、設定與模板。</translation>
    </message>
    <message>
        <source>It has made %1 of %2 steps. Where the loss diverged, half the learning rate often helps.</source>
        <translation>已完成 %1 / %2 步。若損失發散，將學習率減半往往有幫助。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>接續訓練</translation>
    </message>
    <message>
        <source>Resume at half the learning rate, %1</source>
        <translation>以一半的學習率 %1 接續</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不要接續</translation>
    </message>
    <message>
        <source>On the chart</source>
        <translation>顯示在圖表上</translation>
    </message>
    <message>
        <source>The run %1 is in the trash.</source>
        <translation>執行紀錄 %1 已移到垃圾桶。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln run(s) are in the trash.</source>
        <translation>
            <numerusform>%Ln 個執行紀錄已移到垃圾桶。</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore a run</source>
        <translation>還原執行紀錄</translation>
    </message>
    <message>
        <source>There is another run %1 now. Name of the restored one:</source>
        <translation>現在已有另一個執行紀錄 %1。還原後的名稱：</translation>
    </message>
    <message>
        <source>The run %1 is back.</source>
        <translation>執行紀錄 %1 已還原。</translation>
    </message>
    <message numerus="yes">
        <source>Trash, %Ln run(s)</source>
        <translation>
            <numerusform>垃圾桶，%Ln 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted runs are kept for %Ln day(s)</source>
        <translation>
            <numerusform>刪除的執行紀錄會保留 %Ln 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore %1 (%2)</source>
        <translation>還原 %1（%2）</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>清空垃圾桶…</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>要清空垃圾桶嗎？</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) will be removed from the disk, with their models.</source>
        <translation>
            <numerusform>將從磁碟移除 %Ln 個已刪除的執行紀錄及其模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be taken back.</source>
        <translation>這無法復原。</translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>全部移除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message numerus="yes">
        <source>%Ln deleted run(s) removed from the disk</source>
        <translation>
            <numerusform>已從磁碟移除 %Ln 個執行紀錄</numerusform>
        </translation>
    </message>
    <message>
        <source>Save the chart as PNG</source>
        <translation>將圖表存成 PNG</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 圖片（*.png）</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已儲存 %1</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>無法寫入 %1。請選擇其他資料夾。</translation>
    </message>
    <message>
        <source>Save the figures as CSV</source>
        <translation>將數值存成 CSV</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗號分隔值（*.csv）</translation>
    </message>
</context>
<context>
    <name>studio::ui::SampleModel</name>
    <message numerus="yes">
        <source>%Ln other answer(s) between</source>
        <translation>
            <numerusform>其間還有 %Ln 個回答</numerusform>
        </translation>
    </message>
    <message>
        <source>same as the reference since step %1</source>
        <translation>自第 %1 步起與參考答案相同</translation>
    </message>
    <message>
        <source>(no answer)</source>
        <translation>（沒有回答）</translation>
    </message>
    <message>
        <source>Reference: %1</source>
        <translation>參考答案：%1</translation>
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
        <translation>每 %1 步，幾個提示的回答會出現在這裡。</translation>
    </message>
    <message>
        <source>This run answers no prompts. Sample every is set before the start.</source>
        <translation>這次訓練不回答提示。開始前可設定「取樣間隔」。</translation>
    </message>
    <message>
        <source>greedy, every %1 steps</source>
        <translation>貪婪解碼，每 %1 步</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>貪婪解碼</translation>
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
        <translation>編輯提示…</translation>
    </message>
</context>
<context>
    <name>studio::ui::SamplePromptsDialog</name>
    <message>
        <source>%1 of at most %2 chosen.</source>
        <translation>已選 %1 個，最多 %2 個。</translation>
    </message>
    <message>
        <source>The list holds %1 of %2 rows; the search finds the others.</source>
        <translation>清單顯示 %2 列中的 %1 列，其餘可用搜尋找到。</translation>
    </message>
    <message>
        <source>No accepted row outside the test split has these words.</source>
        <translation>測試集以外已接受的列都不含這些字。</translation>
    </message>
    <message>
        <source>None is chosen: the prompts of the first validation rows are answered.</source>
        <translation>尚未選擇：將回答最前面幾個驗證列的提示。</translation>
    </message>
    <message>
        <source>Prompts to answer</source>
        <translation>要回答的提示</translation>
    </message>
    <message>
        <source>As it learns, the model answers these prompts, so that you see what changes. Test rows are not in the list: they are kept for Compare.</source>
        <translation>模型會在學習途中回答這些提示，讓你看到變化。清單不含測試列：它們留給「比較」頁。</translation>
    </message>
    <message>
        <source>Search the rows</source>
        <translation>搜尋列</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>全部不選</translation>
    </message>
    <message>
        <source>Use these prompts</source>
        <translation>使用這些提示</translation>
    </message>
</context>
<context>
    <name>studio::ui::SearchField</name>
    <message>
        <source>Clear the search (Esc)</source>
        <translation>清除搜尋（Esc）</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜尋</translation>
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
        <translation>要顯示哪些設定</translation>
    </message>
    <message>
        <source>Run name</source>
        <translation>執行名稱</translation>
    </message>
    <message>
        <source>Folder name under runs.</source>
        <translation>runs 之下的資料夾名稱。</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基礎模型</translation>
    </message>
    <message>
        <source>The training starts from its weights.</source>
        <translation>訓練從它的權重開始。</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Makes prompts of the rows; stored with the model.</source>
        <translation>將列轉為提示；隨模型保存。</translation>
    </message>
    <message>
        <source>Rows per step</source>
        <translation>每步列數</translation>
    </message>
    <message>
        <source>Batch × accumulation. A smaller batch needs less memory.</source>
        <translation>批次 × 累積。批次越小，所需記憶體越少。</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>開啟資料夾…</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>開啟模型資料夾</translation>
    </message>
    <message>
        <source>The choice was not kept</source>
        <translation>未能保留這項選擇</translation>
    </message>
    <message>
        <source>= %1</source>
        <translation>= %1</translation>
    </message>
    <message>
        <source>Reset to recipe</source>
        <translation>重設為配方</translation>
    </message>
    <message>
        <source>Take back the reset</source>
        <translation>撤回重設</translation>
    </message>
    <message>
        <source>Take back the settings</source>
        <translation>撤回設定</translation>
    </message>
    <message>
        <source>Take back the recipe</source>
        <translation>撤回配方</translation>
    </message>
    <message>
        <source>Save as recipe</source>
        <translation>另存為配方</translation>
    </message>
    <message>
        <source>Name (a to z, 0 to 9, _ and -)</source>
        <translation>名稱（a 到 z、0 到 9、_ 與 -）</translation>
    </message>
    <message>
        <source>The recipe was not saved</source>
        <translation>配方未儲存</translation>
    </message>
    <message>
        <source>Replace the recipe?</source>
        <translation>要取代這個配方嗎？</translation>
    </message>
    <message>
        <source>The project has a recipe %1 already.</source>
        <translation>專案中已有配方 %1。</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>取代</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜尋設定</translation>
    </message>
    <message>
        <source>Recipe: nothing.</source>
        <translation>配方：無。</translation>
    </message>
    <message>
        <source>Recipe: %1.</source>
        <translation>配方：%1。</translation>
    </message>
    <message>
        <source>%1 to %2.</source>
        <translation>範圍 %1 到 %2。</translation>
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
        <translation>取樣提示</translation>
    </message>
    <message numerus="yes">
        <source>Those of %Ln chosen row(s), every %1 steps.</source>
        <translation>
            <numerusform>所選 %Ln 列的提示，每 %1 步回答一次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Those of the first validation rows, every %1 steps.</source>
        <translation>最前面幾個驗證列的提示，每 %1 步回答一次。</translation>
    </message>
    <message>
        <source>No setting has these words in its name or help.</source>
        <translation>沒有設定的名稱或說明含有這些字。</translation>
    </message>
    <message>
        <source>only when Sample every is above 0</source>
        <translation>僅在「取樣間隔」大於 0 時有效</translation>
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
            <numerusform>%Ln 項設定與配方不同</numerusform>
        </translation>
    </message>
    <message>
        <source>Reset to recipe (%1)</source>
        <translation>重設為配方（%1）</translation>
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
        <translation>設定</translation>
    </message>
</context>
<context>
    <name>studio::ui::SettingsView</name>
    <message>
        <source>The settings of the runs that are ticked will be compared here.</source>
        <translation>勾選的執行紀錄，其設定會在這裡比較。</translation>
    </message>
    <message>
        <source>The ticked runs have the same settings.</source>
        <translation>勾選的執行紀錄設定相同。</translation>
    </message>
    <message>
        <source>Settings of the ticked runs</source>
        <translation>勾選的執行紀錄的設定</translation>
    </message>
</context>
<context>
    <name>studio::ui::SetupView</name>
    <message>
        <source>The steps could not be measured</source>
        <translation>無法測量這幾步</translation>
    </message>
    <message>
        <source>The same from a terminal</source>
        <translation>在終端機執行的相同命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>複製命令</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>開始訓練</translation>
    </message>
    <message>
        <source>Start training (%1)</source>
        <translation>開始訓練（%1）</translation>
    </message>
    <message>
        <source>No project is open</source>
        <translation>沒有開啟的專案</translation>
    </message>
    <message>
        <source>Open a project or make a new one.</source>
        <translation>請開啟專案，或建立新專案。</translation>
    </message>
    <message>
        <source>The settings were not stored</source>
        <translation>設定未儲存</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>變更</translation>
    </message>
    <message>
        <source>The base model cannot be used</source>
        <translation>無法使用這個基礎模型</translation>
    </message>
    <message>
        <source>There is no row to train on</source>
        <translation>沒有可供訓練的列</translation>
    </message>
    <message>
        <source>Rows that are accepted on the Data page can be trained on.</source>
        <translation>在資料頁接受的列才能用於訓練。</translation>
    </message>
    <message>
        <source>Open Data</source>
        <translation>開啟資料頁</translation>
    </message>
    <message>
        <source>Runs in the background</source>
        <translation>在背景執行</translation>
    </message>
    <message>
        <source>Counting tokens</source>
        <translation>正在計算詞元數</translation>
    </message>
    <message numerus="yes">
        <source>%Ln error(s) to correct first</source>
        <translation>
            <numerusform>先修正 %Ln 個錯誤</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as recipe…</source>
        <translation>另存為配方…</translation>
    </message>
    <message>
        <source>Start anyway</source>
        <translation>仍要開始</translation>
    </message>
    <message>
        <source>Add to queue</source>
        <translation>加入佇列</translation>
    </message>
    <message>
        <source>Starts when the run at work has ended</source>
        <translation>目前的執行結束後開始</translation>
    </message>
</context>
<context>
    <name>studio::ui::Sidebar</name>
    <message>
        <source>The loop</source>
        <translation>微調循環</translation>
    </message>
    <message>
        <source>The rooms of the loop</source>
        <translation>微調循環的各頁</translation>
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
        <translation>複製為表格</translation>
    </message>
    <message>
        <source>Fit the whole run</source>
        <translation>顯示整次訓練</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>對數軸</translation>
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
        <translation>關閉</translation>
    </message>
    <message>
        <source>Save as PNG…</source>
        <translation>另存為 PNG…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存為 CSV…</translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitCellDelegate</name>
    <message>
        <source>Split</source>
        <translation>分割</translation>
    </message>
</context>
<context>
    <name>studio::ui::SplitDialog</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>of the accepted rows</source>
        <translation>在已接受的列之中</translation>
    </message>
    <message>
        <source>No row would be left to train on. Accept more rows, or lower the shares.</source>
        <translation>這樣就沒有可供訓練的列。請接受更多列，或降低比例。</translation>
    </message>
    <message>
        <source>Split the rows</source>
        <translation>分割列</translation>
    </message>
    <message>
        <source>All accepted rows are dealt anew. Rows with the same instruction and input always land in the same split, so that no test question was trained on. Undo brings the old split back.</source>
        <translation>所有已接受的列會重新分配。指令與輸入相同的列一定在同一分割，測試題目因此不會被訓練到。按復原可還原先前的分割。</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>驗證</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>測試</translation>
    </message>
    <message>
        <source>For Compare. Training never looks at it.</source>
        <translation>供比較使用。訓練從不讀取。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>亂數種子</translation>
    </message>
    <message>
        <source>The same seed deals the same rows in the same way.</source>
        <translation>種子相同，分配結果就相同。</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>Change their split</source>
        <translation>變更分割的列</translation>
    </message>
    <message>
        <source>Evaluation loss while training.</source>
        <translation>用於計算訓練時的評估損失。</translation>
    </message>
</context>
<context>
    <name>studio::ui::StatusCellDelegate</name>
    <message>
        <source>Status</source>
        <translation>狀態</translation>
    </message>
</context>
<context>
    <name>studio::ui::StepReadout</name>
    <message>
        <source>Reading the rows of this batch.</source>
        <translation>正在讀取這個批次的列。</translation>
    </message>
    <message>
        <source>Which rows this batch had was not written down.</source>
        <translation>沒有記錄這個批次有哪些列。</translation>
    </message>
    <message numerus="yes">
        <source>Highest of the %Ln row(s) in this batch:</source>
        <translation>
            <numerusform>這個批次 %Ln 列中最高的：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln row(s) of this batch:</source>
        <translation>
            <numerusform>這個批次的 %Ln 列：</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (no longer in the project)</source>
        <translation>%1（已不在專案中）</translation>
    </message>
    <message>
        <source>Show these rows in Data</source>
        <translation>在資料頁顯示這些列</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>關閉（Esc）</translation>
    </message>
</context>
<context>
    <name>studio::ui::StudioApplication</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %Ln thread(s) · %2</source>
        <translation>
            <numerusform>%1 · %Ln 執行緒 · %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>CPU · %Ln core(s)</source>
        <translation>
            <numerusform>CPU · %Ln 核心</numerusform>
        </translation>
    </message>
    <message>
        <source>All changes are saved</source>
        <translation>所有變更已儲存</translation>
    </message>
    <message>
        <source>Saved %1 · undo keeps 100 changes</source>
        <translation>%1 已儲存 · 可復原 100 步</translation>
    </message>
    <message>
        <source>A training is running</source>
        <translation>訓練進行中</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>新增專案</translation>
    </message>
    <message>
        <source>My project</source>
        <translation>我的專案</translation>
    </message>
    <message>
        <source>FineTune Studio project (*.ftproj)</source>
        <translation>FineTune Studio 專案 (*.ftproj)</translation>
    </message>
    <message>
        <source>Open a project folder (NAME.ftproj)</source>
        <translation>開啟專案資料夾（名稱.ftproj）</translation>
    </message>
    <message>
        <source>%1 is not open</source>
        <translation>%1 未能開啟</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>開啟專案…</translation>
    </message>
    <message>
        <source>Open the sample project</source>
        <translation>開啟範例專案</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止並捨棄</translation>
    </message>
    <message>
        <source>The training stops; then the window closes.</source>
        <translation>訓練正在停止，之後視窗會關閉。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止並保留</translation>
    </message>
    <message>
        <source>The training can go on without the window.</source>
        <translation>沒有視窗，訓練也能繼續。</translation>
    </message>
    <message>
        <source>In the background a process of its own goes on from this step and ends with the same model; opening the project shows it again. Or what was learned so far is kept as a model; before the first step there is nothing to keep.</source>
        <translation>在背景時，由獨立的程序從這一步繼續，最後得到相同的模型；再次開啟專案就會看到它。或者把目前學到的內容保存為模型；完成第一步之前沒有可保留的內容。</translation>
    </message>
    <message>
        <source>A training is paused</source>
        <translation>訓練已暫停</translation>
    </message>
    <message>
        <source>In the background the training goes on; the pause ends.</source>
        <translation>在背景時訓練會繼續，暫停隨之結束。</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>在背景繼續</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留在這裡</translation>
    </message>
    <message>
        <source>The training is handed over; then the window closes.</source>
        <translation>訓練正在移交，之後視窗會關閉。</translation>
    </message>
    <message>
        <source>%1 has failed</source>
        <translation>%1 失敗</translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation>%1 已結束</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>The folder was not opened</source>
        <translation>資料夾未開啟</translation>
    </message>
    <message>
        <source>This system has no program that shows folders. The folder is %1.</source>
        <translation>系統沒有可顯示資料夾的程式。資料夾位於 %1。</translation>
    </message>
    <message>
        <source>deletion of runs</source>
        <translation>刪除執行紀錄</translation>
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
        <translation>記憶體 %1 / %2 GB</translation>
    </message>
    <message>
        <source>This program uses %1 GB of it</source>
        <translation>其中本程式使用 %1 GB</translation>
    </message>
    <message>
        <source>Disk %1 GB free</source>
        <translation>磁碟可用 %1 GB</translation>
    </message>
    <message>
        <source>On the disk of this project</source>
        <translation>此專案所在的磁碟</translation>
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
            <numerusform>已用於 %Ln 次訓練</numerusform>
        </translation>
    </message>
    <message>
        <source>comes with the program</source>
        <translation>程式內附</translation>
    </message>
    <message>
        <source>not stored yet</source>
        <translation>尚未儲存</translation>
    </message>
    <message>
        <source>stored with the project</source>
        <translation>隨專案儲存</translation>
    </message>
    <message>
        <source>“%1” stays as it is. This is a copy of it, “%2”, stored with the project.</source>
        <translation>「%1」維持原樣。這是它的副本「%2」，隨專案儲存。</translation>
    </message>
    <message>
        <source>Not stored until it is corrected. Click to go there.</source>
        <translation>修正後才會儲存。按一下可跳到該處。</translation>
    </message>
    <message>
        <source>A field is used more than once</source>
        <translation>有欄位使用超過一次</translation>
    </message>
    <message>
        <source>Both fields used once</source>
        <translation>兩個欄位各使用一次</translation>
    </message>
    <message>
        <source>The instruction is used once</source>
        <translation>指令使用一次</translation>
    </message>
    <message>
        <source>Ends with a line break</source>
        <translation>以換行結尾</translation>
    </message>
    <message>
        <source>Nothing between prompt and response</source>
        <translation>提示與回應之間沒有內容</translation>
    </message>
    <message>
        <source>Does not end with a line break</source>
        <translation>未以換行結尾</translation>
    </message>
    <message>
        <source>With input</source>
        <translation>含輸入</translation>
    </message>
    <message>
        <source>Without input</source>
        <translation>不含輸入</translation>
    </message>
    <message>
        <source>Response and end</source>
        <translation>回應與結尾</translation>
    </message>
    <message>
        <source>Parts of the template</source>
        <translation>模板的各部分</translation>
    </message>
    <message>
        <source>Template editor</source>
        <translation>模板編輯器</translation>
    </message>
    <message>
        <source>Prompt of a row with input</source>
        <translation>有輸入的列的提示</translation>
    </message>
    <message>
        <source>Prompt of a row without input</source>
        <translation>沒有輸入的列的提示</translation>
    </message>
    <message>
        <source>Between prompt and response</source>
        <translation>提示與回應之間</translation>
    </message>
    <message>
        <source>Part of the prompt; \n is a line break, \t a tab, \\ a backslash.</source>
        <translation>屬於提示的一部分；\n 是換行，\t 是定位字元，\\ 是反斜線。</translation>
    </message>
    <message>
        <source>End the response with the end token</source>
        <translation>在回應後加上結束詞元</translation>
    </message>
    <message>
        <source>So the model learns where an answer ends. Without it, it goes on until the longest answer is reached.</source>
        <translation>讓模型學會回答在哪裡結束。沒有它，模型會一直產生到回答長度上限。</translation>
    </message>
    <message>
        <source>Insert field</source>
        <translation>插入欄位</translation>
    </message>
    <message>
        <source>Insert field (Ctrl+Space)</source>
        <translation>插入欄位（Ctrl+Space）</translation>
    </message>
    <message>
        <source>“%1” stays as it is. This is a copy of it, “%2”, stored as soon as its fault is corrected.</source>
        <translation>「%1」保持不變。這是它的副本「%2」，錯誤修正後才會儲存。</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>對話模板</translation>
    </message>
    <message>
        <source>Chat template of the model</source>
        <translation>模型的對話模板</translation>
    </message>
    <message>
        <source>“With input” and “Without input” give the user&apos;s message. The model&apos;s chat template puts its own marks around the message and the response.</source>
        <translation>「含輸入」與「不含輸入」是使用者訊息的內容。模型的對話模板會在這個訊息與回應的前後加上自己的標記。</translation>
    </message>
    <message>
        <source>Each response ends with %1, the end mark of the chat template: there the model learns to stop.</source>
        <translation>每個回應都以對話模板的結束標記 %1 結尾，模型由此學會在哪裡停下。</translation>
    </message>
    <message>
        <source>How the model&apos;s makers wrote down its chat format, in the language Jinja. It comes with the model and cannot be changed here; “What the model sees” shows the result.</source>
        <translation>這是模型開發者以 Jinja 語言寫下的對話格式，隨模型提供，無法在此修改；「模型看到的內容」顯示套用後的結果。</translation>
    </message>
</context>
<context>
    <name>studio::ui::TestPromptModel</name>
    <message>
        <source>not asked</source>
        <translation>尚未詢問</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>產生中</translation>
    </message>
    <message>
        <source>exact match</source>
        <translation>完全相符</translation>
    </message>
    <message>
        <source>no exact match</source>
        <translation>非完全相符</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Exact match of the base model</source>
        <translation>基礎模型的完全相符</translation>
    </message>
    <message>
        <source>Exact match of the fine-tuned model</source>
        <translation>微調後模型的完全相符</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基礎</translation>
    </message>
    <message>
        <source>Tuned</source>
        <translation>微調後</translation>
    </message>
    <message>
        <source>Exact match of the first model</source>
        <translation>第一個模型的完全相符</translation>
    </message>
    <message>
        <source>Exact match of the second model</source>
        <translation>第二個模型的完全相符</translation>
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
        <translation>基礎</translation>
    </message>
    <message>
        <source>Fine-tuned</source>
        <translation>微調後</translation>
    </message>
    <message>
        <source>%1: nothing answered yet</source>
        <translation>%1：尚無回答</translation>
    </message>
    <message>
        <source>%1: %2 of %3 (%4 %)</source>
        <translation>%1：%2 / %3（%4 %）</translation>
    </message>
    <message>
        <source>Test split</source>
        <translation>測試集</translation>
    </message>
    <message>
        <source>All answers</source>
        <translation>全部回答</translation>
    </message>
    <message>
        <source>Only one is right</source>
        <translation>只有一方正確</translation>
    </message>
    <message>
        <source>Fine-tuned not exact</source>
        <translation>微調後非完全相符</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>尚未詢問</translation>
    </message>
    <message>
        <source>Which prompts are listed</source>
        <translation>要列出哪些提示</translation>
    </message>
    <message>
        <source>Test prompts</source>
        <translation>測試提示</translation>
    </message>
    <message>
        <source>Exact match</source>
        <translation>完全相符</translation>
    </message>
    <message>
        <source>Run all test prompts</source>
        <translation>執行全部測試提示</translation>
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
        <translation>測試集的列會列在這裡。目前還沒有。</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>前往資料</translation>
    </message>
    <message>
        <source>First model</source>
        <translation>第一個模型</translation>
    </message>
    <message>
        <source>Second model</source>
        <translation>第二個模型</translation>
    </message>
    <message>
        <source>Second not exact</source>
        <translation>第二個非完全相符</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenLegend</name>
    <message>
        <source>Legend: prompt tokens are not trained, response tokens are</source>
        <translation>圖例：不訓練提示詞元，訓練回應詞元</translation>
    </message>
    <message>
        <source>Prompt, not trained</source>
        <translation>提示（不訓練）</translation>
    </message>
    <message>
        <source>Response, trained</source>
        <translation>回應（訓練）</translation>
    </message>
    <message>
        <source>End</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>截斷</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenPanel</name>
    <message numerus="yes">
        <source>%Ln token(s) of fixed text</source>
        <translation>
            <numerusform>%Ln 個固定文字詞元</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>詞元</translation>
    </message>
    <message>
        <source>Tokens of row %1</source>
        <translation>第 %1 列的詞元</translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3 + end %4</source>
        <translation>%1 = 提示 %2 + 回應 %3 + 結束 %4</translation>
    </message>
    <message>
        <source>%1 = prompt %2 + response %3</source>
        <translation>%1 = 提示 %2 + 回應 %3</translation>
    </message>
    <message>
        <source>The whole response is cut</source>
        <translation>整個回應被截斷</translation>
    </message>
    <message>
        <source>Nothing to learn: no response</source>
        <translation>沒有內容可學：沒有回應</translation>
    </message>
    <message>
        <source>The end is cut</source>
        <translation>結尾被截斷</translation>
    </message>
    <message>
        <source>Ids</source>
        <translation>編號</translation>
    </message>
    <message>
        <source>Show the number of each token</source>
        <translation>顯示每個詞元的編號</translation>
    </message>
    <message>
        <source>Tokens of the row</source>
        <translation>這一列的詞元</translation>
    </message>
</context>
<context>
    <name>studio::ui::TokenView</name>
    <message>
        <source>Tokens</source>
        <translation>詞元</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 個詞元</numerusform>
        </translation>
    </message>
    <message>
        <source>Prompt token</source>
        <translation>提示詞元</translation>
    </message>
    <message>
        <source>Response token</source>
        <translation>回應詞元</translation>
    </message>
    <message>
        <source>End token</source>
        <translation>結束詞元</translation>
    </message>
    <message>
        <source>Cut token</source>
        <translation>截斷的詞元</translation>
    </message>
    <message>
        <source>cut off, never seen in training</source>
        <translation>被截斷，訓練時看不到</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>訓練</translation>
    </message>
    <message>
        <source>not trained</source>
        <translation>不訓練</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1第 %2 個，共 %3 個</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>位元組 %1 到 %2</translation>
    </message>
    <message>
        <source>%1, id %2, “%3”, %4, %5</source>
        <translation>%1，編號 %2，「%3」，%4，%5</translation>
    </message>
    <message>
        <source>Copy text</source>
        <translation>複製文字</translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation>複製編號</translation>
    </message>
</context>
<context>
    <name>studio::ui::TrainPage</name>
    <message>
        <source>Last run</source>
        <translation>上次訓練</translation>
    </message>
    <message>
        <source>Stop…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Stop the training (%1)</source>
        <translation>停止訓練（%1）</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新的訓練</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>The runs cannot be listed</source>
        <translation>無法列出執行紀錄</translation>
    </message>
    <message>
        <source>The training was not started</source>
        <translation>訓練未開始</translation>
    </message>
    <message>
        <source>all weights</source>
        <translation>全參數</translation>
    </message>
    <message>
        <source>Stop the training?</source>
        <translation>要停止訓練嗎？</translation>
    </message>
    <message>
        <source>Go on training</source>
        <translation>繼續訓練</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>未開始</translation>
    </message>
    <message>
        <source>Next: compare</source>
        <translation>下一步：比較</translation>
    </message>
    <message>
        <source>After this: base and fine-tuned model answer the same prompts</source>
        <translation>之後：基礎模型與微調後模型回答相同的提示</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>啟動中</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>訓練中</translation>
    </message>
    <message>
        <source>Evaluating</source>
        <translation>評估中</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>儲存中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
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
        <translation>失敗</translation>
    </message>
    <message>
        <source>You can leave this page; training goes on</source>
        <translation>可離開此頁，訓練會繼續</translation>
    </message>
    <message>
        <source>Next: compare with the base model</source>
        <translation>下一步：與基礎模型比較</translation>
    </message>
    <message>
        <source>Both answer the same prompts, side by side</source>
        <translation>兩者並排回答相同的提示</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>約剩 %1</translation>
    </message>
    <message>
        <source>Save the chart as PNG</source>
        <translation>將圖表存為 PNG</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 圖片 (*.png)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已儲存 %1</translation>
    </message>
    <message>
        <source>The chart was not saved</source>
        <translation>圖表未儲存</translation>
    </message>
    <message>
        <source>%1 cannot be written. Choose another folder.</source>
        <translation>無法寫入 %1。請選擇其他資料夾。</translation>
    </message>
    <message>
        <source>Save the figures as CSV</source>
        <translation>將數據存為 CSV</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>逗號分隔值 (*.csv)</translation>
    </message>
    <message>
        <source>The figures were not saved</source>
        <translation>數據未儲存</translation>
    </message>
    <message>
        <source>Stop and discard</source>
        <translation>停止並捨棄</translation>
    </message>
    <message>
        <source>The run %1 was discarded</source>
        <translation>已捨棄執行紀錄 %1</translation>
    </message>
    <message>
        <source>The training goes on until you answer.</source>
        <translation>在你回答之前，訓練會繼續進行。</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared; before the first step there is nothing to keep. Discarding moves what is left of the run to the trash.</source>
        <translation>目前學到的內容可以保存為模型並拿來比較；完成第一步之前沒有可保留的內容。捨棄則會將這次執行留下的內容移到垃圾桶。</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止並保留</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the run %1 was discarded</source>
        <translation>一步也還沒完成，沒有可保留的內容：已捨棄執行紀錄 %1</translation>
    </message>
    <message>
        <source>The run could not be asked</source>
        <translation>無法向這次執行提出要求</translation>
    </message>
    <message>
        <source>The next step has the new learning rate: its peak is %1</source>
        <translation>下一步起使用新的學習率，峰值為 %1</translation>
    </message>
    <message>
        <source>The training is paused until you answer.</source>
        <translation>在你回答之前，訓練保持暫停。</translation>
    </message>
    <message>
        <source>Leave it paused</source>
        <translation>保持暫停</translation>
    </message>
    <message>
        <source>The run does not go on in the background</source>
        <translation>這次執行沒有在背景繼續</translation>
    </message>
    <message>
        <source>Go on from step %1 with half the rate</source>
        <translation>以一半學習率從第 %1 步接續</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted at step %1. Its newest checkpoint is of step %2.</source>
        <translation>訓練這次執行的程序已不存在：中斷於第 %1 步。最新的檢查點在第 %2 步。</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted before its first step. Start a new run.</source>
        <translation>訓練這次執行的程序已不存在：在第一步之前就中斷了。請開始新的訓練。</translation>
    </message>
    <message>
        <source>The process that trained this run is gone: interrupted at step %1, before its first checkpoint. Start a new run.</source>
        <translation>訓練這次執行的程序已不存在：中斷於第 %1 步，還沒有檢查點。請開始新的訓練。</translation>
    </message>
    <message>
        <source>The run was left at step %1 and can go on from there.</source>
        <translation>這次執行停在第 %1 步，可從該處接續。</translation>
    </message>
    <message>
        <source>Resume from step %1</source>
        <translation>從第 %1 步接續訓練</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>顯示訓練</translation>
    </message>
    <message>
        <source>Learning rate…</source>
        <translation>學習率…</translation>
    </message>
    <message>
        <source>Another learning rate from the next step on (%1)</source>
        <translation>從下一步起改用其他學習率（%1）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Go on training (%1)</source>
        <translation>繼續訓練（%1）</translation>
    </message>
    <message>
        <source>Pause after the step at work (%1)</source>
        <translation>完成目前這一步後暫停（%1）</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>即將暫停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>移交中</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中斷</translation>
    </message>
    <message>
        <source>A process of its own trains this run; it goes on when the window is closed</source>
        <translation>這次執行由獨立的程序訓練，關閉視窗後仍會繼續</translation>
    </message>
    <message>
        <source>Paused: what was learned so far is in a checkpoint</source>
        <translation>已暫停：目前學到的內容在檢查點中</translation>
    </message>
    <message>
        <source>Paused: nothing is trained until it goes on</source>
        <translation>已暫停：繼續之前不會訓練</translation>
    </message>
    <message>
        <source>in the background</source>
        <translation>在背景</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>The run was not queued</source>
        <translation>執行未加入佇列</translation>
    </message>
    <message>
        <source>%1 waits in the queue</source>
        <translation>%1 正在佇列中等待</translation>
    </message>
    <message>
        <source>The queue was not started</source>
        <translation>佇列未開始</translation>
    </message>
    <message>
        <source>%1 could not be started: %2</source>
        <translation>%1 未能開始：%2</translation>
    </message>
    <message>
        <source>The queue was not changed</source>
        <translation>佇列未變更</translation>
    </message>
    <message>
        <source>The settings were not taken over</source>
        <translation>設定未帶入</translation>
    </message>
    <message>
        <source>The run %1 is kept as it was at its newest checkpoint</source>
        <translation>執行紀錄 %1 保留在最新檢查點的狀態</translation>
    </message>
    <message>
        <source>%1 was not resumed: another run is at work. Resume it when that has ended.</source>
        <translation>%1 未繼續：另一個執行正在進行。請在它結束後再繼續。</translation>
    </message>
    <message>
        <source>The run %1 is no longer on the disk</source>
        <translation>執行紀錄 %1 已不在磁碟上</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared. Discarding removes the checkpoints, also those of before: the run cannot go on, and stays in Runs as a record.</source>
        <translation>目前學到的內容可以保存為模型並拿來比較。捨棄會移除檢查點，先前的也一併移除：這次執行無法再接續，但仍列在「執行紀錄」頁。</translation>
    </message>
    <message>
        <source>The run %1 was discarded; its record stays in Runs</source>
        <translation>已捨棄執行紀錄 %1；它仍列在「執行紀錄」頁</translation>
    </message>
    <message>
        <source>The rows of this run are in another project</source>
        <translation>這次執行的資料列屬於另一個專案</translation>
    </message>
    <message>
        <source>What was learned so far can be kept as a model and compared. Discarding removes the checkpoints: the run cannot go on, and stays in Runs as a record.</source>
        <translation>目前學到的內容可以保存為模型並拿來比較。捨棄會移除檢查點：這次執行無法再接續，但仍列在「執行紀錄」頁。</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the run %1 is in the trash</source>
        <translation>一步也還沒完成，沒有可保留的內容：執行紀錄 %1 已移到垃圾桶</translation>
    </message>
    <message>
        <source>The run %1 was discarded; its record is in the trash</source>
        <translation>已捨棄執行紀錄 %1，並移到垃圾桶</translation>
    </message>
    <message>
        <source>No step was made, so there was nothing to keep: the record of %1 stays in Runs</source>
        <translation>一步也還沒完成，沒有可保留的內容：執行紀錄 %1 仍列在「執行紀錄」頁</translation>
    </message>
</context>
</TS>
