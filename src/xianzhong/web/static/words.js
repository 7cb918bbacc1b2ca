// Streamlit's own English words and what stands for them in Chinese. Data only.
//
// A text is replaced only where it stands alone in one of the places named beside it, all of
// them Streamlit's own controls: what a page writes, and every data cell, is out of reach.
// A test looks each English word up in the installed frontend, so that a new release cannot
// quietly leave one behind.
(() => {
  "use strict";

  const places = [
    {
      where: '[data-testid="stSkipToContent"]',
      words: { "Skip to main content": "跳到主要内容" },
    },
    {
      where: '[data-testid="stSidebarNavViewButton"]',
      words: { "View less": "收起" },
      patterns: [[/^View (\d+) more$/, "展开其余 $1 项"]],
    },
    {
      where: '[data-testid="stToastViewButton"]',
      words: { "view more": "展开", "view less": "收起" },
    },
    {
      where: '[data-testid="stFileUploaderDropzone"]',
      words: {
        Upload: "选择文件",
        "Upload directories": "选择文件夹",
        "Drag and drop a file here": "将文件拖放到此处",
        "Drag and drop files here": "将文件拖放到此处",
        "Drag and drop directories here": "将文件夹拖放到此处",
      },
      patterns: [[/^(\d+(?:\.\d+)?) ?([KMGT]?B) per file$/, "单个文件不超过 $1 $2"]],
    },
    {
      where: '[data-testid="stFileChip"]',
      words: { "Error:": "错误：", "Network Error": "网络错误", "Request aborted": "已取消" },
      patterns: [
        [/^.*files are not allowed\.$/, "不支持这种文件，请用 Excel、WPS 或 CSV 文件。"],
        [/^File must be (.+) or smaller\.$/, "文件不能超过 $1。"],
        [/^Request failed with status code (\d+)$/, "上传失败（状态码 $1）"],
      ],
    },
    {
      where: '[data-testid="stSelectboxVirtualDropdown"], [data-testid="stMultiSelectDropdown"]',
      words: { "No results": "没有匹配的选项", "Select all": "全选" },
      patterns: [
        [/^Select (\d+) matches$/, "选择匹配的 $1 项"],
        [/^Add: (.+)$/, "添加：$1"],
        [
          /^You can only select up to (\d+) options?\. Remove an option first\.$/,
          "最多选择 $1 项，请先移除一项。",
        ],
      ],
    },
    {
      where: '[data-testid$="FieldsScroller"]',
      words: { yyyy: "年", mm: "月", dd: "日" },
    },
    {
      where: '[data-testid="stDateInputCalendar"], [data-testid="stDateTimeInputCalendar"]',
      words: {
        "Use arrow keys to navigate dates. Enter to select. Escape to close.":
          "用方向键移动日期，回车选择，Esc 关闭。",
        "Use arrow keys to navigate. Enter to select. Tab to switch between calendar and time. Escape to close.":
          "用方向键移动，回车选择，Tab 在日历与时间之间切换，Esc 关闭。",
        "Date range": "日期范围",
        "Select...": "请选择",
        Time: "时间",
      },
      patterns: [
        [/^Choose date range, (.+)$/, "选择日期范围，$1"],
        [/^Choose date and time, (.+)$/, "选择日期和时间，$1"],
        [/^Choose date, (.+)$/, "选择日期，$1"],
      ],
    },
    {
      where: ".stDateInputQuickSelectPopover, [data-testid='stDateInputQuickSelect']",
      words: {
        "Past Week": "近一周",
        "Past Month": "近一个月",
        "Past 3 Months": "近三个月",
        "Past 6 Months": "近六个月",
        "Past Year": "近一年",
        "Past 2 Years": "近两年",
      },
    },
    {
      where: '[data-testid="InputInstructions"]',
      words: {
        "Press Enter to apply": "按回车键应用",
        "Press Enter to submit form": "按回车键提交",
        "Press Ctrl+Enter to apply": "按 Ctrl+回车键应用",
        "Press ⌘+Enter to apply": "按 ⌘+回车键应用",
        "Press Ctrl+Enter to submit form": "按 Ctrl+回车键提交",
        "Press ⌘+Enter to submit form": "按 ⌘+回车键提交",
      },
    },
    {
      where: '[data-testid="stDataFrameColumnMenu"]',
      words: {
        "Sort ascending": "升序",
        "Sort descending": "降序",
        Statistics: "统计",
        Format: "格式",
        Autosize: "自动列宽",
        "Pin column": "固定此列",
        "Unpin column": "取消固定",
        "Hide column": "隐藏此列",
      },
    },
    {
      where: '[data-testid="stDataFrameColumnFormattingMenu"]',
      words: {
        Automatic: "自动",
        Localized: "本地格式",
        Plain: "纯数字",
        Compact: "缩写",
        Dollar: "美元",
        Euro: "欧元",
        Yen: "日元",
        Percent: "百分比",
        Scientific: "科学计数",
        Accounting: "会计格式",
        Duration: "时长",
        Distance: "距今",
        Calendar: "日历",
        Bytes: "字节",
        Time: "时间",
        Date: "日期",
      },
    },
    {
      where: '[data-testid="stDataFrameStatisticsMetrics"], [data-testid="stDataFrameStatisticsContent"]',
      words: {
        Values: "有值",
        Empty: "空值",
        Distinct: "不同值",
        Average: "平均",
        "Standard deviation": "标准差",
        Minimum: "最小",
        Median: "中位数",
        "25th percentile": "25% 分位数",
        "75th percentile": "75% 分位数",
        Maximum: "最大",
        Sum: "合计",
        "Minimum length": "最短长度",
        "Maximum length": "最长长度",
        "Average length": "平均长度",
        "No data": "无数据",
        "Based on sample": "基于抽样",
        True: "是",
        False: "否",
      },
    },
    {
      where: '[data-testid="stDataFrameColumnVisibilityMenu"]',
      words: { "Select all": "全选", "(index)": "（序号）" },
    },
    {
      where: ".gdg-search-bar, .gdg-search-status, [data-testid='stDataFrameResizable'] label",
      words: { "Type to search": "输入文字以搜索" },
      patterns: [
        [/^over 1000$/, "超过 1000 处"],
        [/^(\d+) results?$/, "$1 处"],
        [/^(\d+) of over 1000$/, "第 $1 处，共超过 1000 处"],
        [/^(\d+) of (\d+) results?$/, "第 $1 处，共 $2 处"],
      ],
    },
    {
      where: '[data-testid="stTooltipContent"], [role="tooltip"]',
      words: {
        Fullscreen: "全屏",
        "Close fullscreen": "退出全屏",
        Search: "搜索",
        "Download as CSV": "下载 CSV",
        "Show/hide columns": "显示或隐藏列",
        "Copy to clipboard": "复制",
        "Clear selection": "清除选择",
        "Add row": "添加一行",
        "Delete row(s)": "删除所选行",
        "Sort ascending": "升序",
        "Sort descending": "降序",
        "This field is required.": "此项必填。",
        "Connecting to Streamlit server": "正在连接服务器",
        "Unable to connect to Streamlit server": "无法连接服务器",
      },
      patterns: [
        [/^Rows? (\d+)$/, "第 $1 行"],
      ],
    },
    {
      where: '[data-testid$="Error"], [data-testid$="InputInstructions"], [role="alert"]',
      words: {
        "This field is required.": "此项必填。",
        "Invalid input.": "输入无效。",
        "Number is below the allowed range.": "数值低于允许范围。",
        "Number is above the allowed range.": "数值高于允许范围。",
        "Hours must be 0–23": "小时须在 0–23 之间",
        "Invalid time format. Please use HH:MM.": "时间格式应为 HH:MM。",
      },
    },
    {
      where: '[data-testid="stStatusWidget"], [data-testid="stConnectionStatus"]',
      words: {
        Connecting: "正在连接",
        Error: "错误",
        "Running...": "正在运行",
        "Stopping...": "正在停止",
        Stop: "停止",
        Rerun: "刷新",
        "Always rerun": "总是刷新",
        "File change.": "文件有改动。",
      },
    },
    {
      where: '[data-testid="stMainMenuList"], [data-testid="stMainMenuPopover"]',
      words: {
        Rerun: "刷新",
        "Auto rerun": "自动刷新",
        "Clear cache": "清除缓存",
        Print: "打印",
        "Record screen": "录制屏幕",
        "Report a bug": "报告问题",
        "Get help": "帮助",
        About: "关于",
        Theme: "主题",
      },
    },
    {
      where: '[data-testid="stDialog"]',
      words: {
        "Connection error": "连接中断",
        "Streamlit server is not responding. Are you connected to the internet?":
          "服务器没有响应。请检查网络后刷新页面；若仍不能打开，请联系管理员。",
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
          "服务可能已停止。若您是管理员，请重新启动：",
        "streamlit run yourscript.py": "xianzhong serve",
        "Connection timed out.": "连接超时。",
        "Connection lost. Please wait for the app to reconnect, then try again.":
          "连接已断开，请等待自动重连后再试。",
        "Page not found": "没有这个页面",
        "The page that you have requested does not seem to exist. Running the app's main page.":
          "您访问的页面不存在，已为您打开首页。",
        "Script execution error": "页面运行出错",
        "Try again": "重试",
        "Continue anyway": "继续",
        Cancel: "取消",
      },
      patterns: [
        [
          /^You have requested page (\/.*), but no corresponding file was found in the app's pages\/ directory\. Running the app's main page\.$/,
          "您访问的页面 $1 不存在，已为您打开首页。",
        ],
      ],
    },
    {
      where: '[data-testid="stException"], [data-testid="stExceptionMessage"], [data-testid="stErrorElementStack"], .stException',
      words: {
        "Traceback:": "出错位置：",
        "This app has encountered an error. The original error message is redacted to prevent data leaks. Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on 'Manage app' in the lower right of your app).":
          "页面出错了，详情已记入服务器日志。请刷新重试；若仍出错，请联系管理员。",
      },
    },
    {
      where: '[role="log"]',
      patterns: [
        [/^(\d+) options? available\.$/, "有 $1 个选项。"],
        [/^(.+), selected$/, "已选择 $1"],
      ],
    },
    {
      where: ".plotly-notifier",
      words: {
        "Double-click to zoom back out": "双击恢复原始范围",
        "Double-click on legend to isolate one trace": "双击图例可只看一项",
        "Preparing image - this may take a few seconds": "正在生成图片，请稍候",
        "Image download succeeded": "图片已下载",
        "Sorry, there was a problem downloading your image!": "图片下载失败",
      },
    },
    {
      where: "body > div:not(#root)",
      patterns: [
        [/^Selected Date: ([A-Z]\w+ \d{2}, \d{4})$/, (_, date) => `已选日期：${dateInChinese(date)}`],
      ],
    },
  ];

  // The date fields speak English whatever the locale ("September 01, 2024").
  function dateInChinese(english) {
    const date = new Date(english);
    if (Number.isNaN(date.getTime())) return english;
    return `${date.getFullYear()}年${date.getMonth() + 1}月${date.getDate()}日`;
  }

  window.xianzhong = { words: { places } };
})();
