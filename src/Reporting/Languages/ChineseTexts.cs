using Fleetmark.Contracts.Jobs;
using Fleetmark.Measurement.Judging;
using Fleetmark.Measurement.Launches;

namespace Fleetmark.Reporting.Languages;

/// <summary>The Chinese texts.</summary>
internal sealed class ChineseTexts : Texts
{
    internal override string State(CellState state) => state switch
    {
        CellState.Valid => "有效",
        CellState.Unstable => "不稳定",
        CellState.Throttled => "降频",
        CellState.Contended => "受干扰",
        CellState.Failed => "失败",
        CellState.Unsupported => "不支持",
        CellState.Queued => "排队中",
        CellState.Running => "运行中",
        CellState.Retrying => "重试中",
        CellState.Stale => "已过期",
        CellState.Missing => "未测",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    internal override string Unstable => "不稳定：耗时未收敛，或离散程度超出测试档位的允许范围";
    internal override string Throttled => "降频：测量期间设备自行降频";
    internal override string Contended => "受干扰：设备或其 CPU 核心被其他程序占用";
    internal override string Stale => "已过期：取自更早的运行";
    internal override string Pending => "尚未测量";
    internal override string Retrying(int attempt) => $"等待第 {attempt} 次尝试";
    internal override string RetryingMark => "等待第 n 次尝试";
    internal override string Failed => "所有尝试均失败";
    internal override string Unsupported => "不支持";
    internal override string Missing => "未测";
    internal override string NeedsSamples => "该统计量需要更多样本或启动次数";
    internal override string NotPlanned => "不在计划中";
    internal override string NotPublished => "未公布";

    internal override string Reason(string code)
    {
        (string bare, string detail) = FailureCode.Parts(code);
        return Bare(bare, detail.Length > 0 ? $"（{detail}）" : "");
    }

    private static string Bare(string code, string also) => code switch
    {
        ReasonWord.NotMeasuredHere => "本次运行未测量",
        ReasonWord.NotCounted => "模型中有无法计数的算子",
        ReasonWord.OtherSize => "仅有模型默认输入尺寸下的计数",
        ReasonWord.NoEnergy => "设备或工作进程不提供能耗",
        ReasonWord.NoReferences => "本版本不含参考值",
        FailureCode.UnsupportedFp16 => "该执行后端没有 FP16 算子，实际会以 FP32 计算",
        FailureCode.UnsupportedInt8 => "没有 INT8 模型",
        FailureCode.UnsupportedBatch => "模型图的批大小固定",
        FailureCode.UnsupportedProvider => "该设备类别没有此执行后端",
        FailureCode.UnsupportedRuntime => "该设备类别没有此运行时",
        FailureCode.UnsupportedArchitecture => $"该运行时没有适用于此类设备架构的内核{also}",
        FailureCode.UnsupportedLibrary => $"该设备的机器上缺少此运行时所需的库{also}",
        FailureCode.UnsupportedDriver => $"该设备的驱动程序过旧，不适用于此运行时{also}",
        FailureCode.UnsupportedClocksOfCpu => "仅可设定 GPU 的频率",
        FailureCode.UnsupportedClocksNeedRoot => "代理无权设定频率，需要 root 权限",
        FailureCode.UnsupportedClocksNotOffered => "该显卡不提供此频率",
        FailureCode.UnsupportedClocksOfSharedCard => "已划分为多个实例的显卡不设定频率",
        FailureCode.UnsupportedError => "此运行时在该设备上试运行失败，详见代理日志",
        FailureCode.UnsupportedThroughput => "此运行时不做吞吐量测量",
        FailureCode.NoDeviceClass => "没有代理提供该设备类别",
        FailureCode.Budget => "该单元格的时间预算已用完",
        FailureCode.ModelInvalid => "模型文件无法读取",
        FailureCode.ModelUnavailable => "代理上无法取得模型文件",
        FailureCode.OutOfMemory => "显存或内存不足",
        FailureCode.WrongOutput => "输出错误",
        FailureCode.DriverFault => "驱动或设备故障",
        FailureCode.WorkerTimeout => "工作进程超时",
        FailureCode.WorkerCrash => "工作进程崩溃",
        FailureCode.WorkerProtocol => "工作进程违反协议",
        FailureCode.RuntimeRefused => "不允许启动该运行时的程序",
        FailureCode.AgentLost => "代理失联",
        FailureCode.LeaseExpired => "租约过期",
        FailureCode.ResultInvalid => "结果无法保存",
        FailureCode.Cancelled => "已取消",
        FailureCode.Internal => "内部错误",
        _ => FailureCode.IsUnsupported(code) ? "该设备不支持" : code,
    };

    internal override string Note(string word) => word switch
    {
        "few-launches" => "启动次数不足以给出置信区间或用于比较",
        "no-interval" => "样本过少，启动内无法给出置信区间",
        "warm-up-unreported" => "工作进程没有报告预热情况",
        "warm-up-untested" => "耗时过长，未做预热检验，仅按调用次数预热",
        "target-missed" => "置信区间宽于测试档位的目标",
        "launch-spread" => "启动之间的差异大于启动内的噪声",
        FailureCode.WrongOutput => "输出与首次启动不一致的启动不计入",
        "uncalibrated" => "设备尚未校准",
        "uncounted" => "设备不支持某项计数器",
        "precision-unproven" => "工作进程未说明实际计算的精度类型",
        "not-steady" => "预热未达到稳定状态",
        "drift" => "测量期间耗时出现漂移",
        "simulated" => "设备遥测由文件回放：并非对该设备的实测",
        "below-locked-clock" => "设备未能保持所锁定的频率",
        EnergyTelemetry.UnmeasuredNote => "要求测量能耗，但未能测得",
        EnergyTelemetry.EstimatedNote => "设备没有能耗计数器，能耗由功率读数累加得出",
        "violation-discarded" => "设备的某项计数器增长快于时间，未予采信",
        _ when PowerLimitNote.IsOne(word) => PowerLimitNote.ClockOf(word) is { } clock ? $"受功耗上限限制（持续频率 {clock} MHz）" : "受功耗上限限制",
        _ when word.StartsWith("bimodal", StringComparison.Ordinal) => "样本集中在两个值附近",
        _ when word.Split(" of ") is [string counted, string started] => $"{started} 次启动中有 {counted} 次计入，其余失败或受干扰",
        _ => word,
    };

    internal override string AllNumbers(string remark) => $"全部数值：{remark}";

    internal override string RanAs(string effective) => effective == EffectivePrecision.Emulated ? "实际以 FP32 计算，权重已舍入为 FP16" : $"实际以 {effective} 计算";

    internal override string Colon => "：";
    internal override string NoRows => "无数据";
    internal override string ValidOf(int valid, int total) => $"{total} 个中 {valid} 个有效";
    internal override string Simulated => "（模拟设备）";
    internal override string PlotsHeading => "图";
    internal override string ProvenanceHeading => "数据来源";
    internal override string DataOfPlot => "图中数据";
    internal override string Interval(string low, string high) => $"95% 置信区间 {low} 至 {high}";

    internal override string RunLine(string version, string plan, string run, string dates, string effort, int valid, int total, int retried) =>
        $"Fleetmark {version} · 计划 {plan} · 运行 {run} · {dates} · 档位 {effort} · {total} 个单元格中 {valid} 个有效{(retried > 0 ? $"，{retried} 个重试" : "")}";

    internal override string Unfinished(string start) => $"{start} UTC，未结束";
    internal override string Devices(int count) => $"{count} 台设备";
    internal override string NothingMeasuredOn => "未测量";
    internal override string Driver => "驱动";
    internal override string SimulatedClass => "模拟";

    internal override string Protocol(string scope, string statistic, string launches, string samples, long orderSeed) =>
        $"测量协议 {scope}，{statistic}，每单元格 {launches} 次启动、{samples} 个样本，95% 置信区间，每批毫秒数，随机输入，顺序种子 {orderSeed}";

    internal override string ProtocolUnmeasured(string scope, string statistic, long orderSeed) =>
        $"测量协议 {scope}，{statistic}，每批毫秒数，随机输入，顺序种子 {orderSeed}；本表未测得延迟";

    internal override string ThroughputProtocol(string scope, int seconds, string launches, string samples, long orderSeed) =>
        $"测量协议 {scope}，吞吐量：多个并发闭环在至少 {seconds} 秒的窗口内开始并完成的调用所处理的图像数，每秒；每单元格 {launches} 次启动、{samples} 个样本的中位数，95% 置信区间，延迟为负载下的延迟，随机输入，顺序种子 {orderSeed}";

    internal override string ThroughputProtocolUnmeasured(string scope, int seconds, long orderSeed) =>
        $"测量协议 {scope}，吞吐量：多个并发闭环在至少 {seconds} 秒的窗口内开始并完成的调用所处理的图像数，每秒；随机输入，顺序种子 {orderSeed}；本表未测得吞吐量";

    internal override string ScopeOf(bool endToEnd) => endToEnd ? "e2e（含数据拷贝）" : "device（不含数据拷贝）";

    internal override string Parity(int models, int agreements, int ties, int inputs, string difference, string cosine) =>
        $"FP16 模型与 FP32 源模型对比（{models} 个）：{inputs} 个固定随机输入中 {agreements} 个 Top-1 相同{(ties > 0 ? $"，另有 {ties} 个在 FP16 下无法区分" : "")}，最大差值 {difference}，最小余弦 {cosine}";

    internal override string KeptInSingle(string model, int nodes, string? overflow) =>
        $"{model}：{nodes} 个节点以 FP32 计算{(overflow is null ? "" : $"（{overflow} 溢出）")}";

    internal override string Harness(IEnumerable<string> ratios) => $"测量开销：计时调用的时间与直接经运行时 C API 调用之比为 {string.Join("、", ratios)}";
    internal override string HarnessRatio(string ratio, string microseconds) => $"{ratio}（{microseconds} µs 时）";
    internal override string HarnessBeyondLimits(int count, int machines) => $"{machines} 台机器中 {count} 台超出限值";
    internal override string HarnessNotMeasurable(int count, int machines) => $"{machines} 台机器中 {count} 台无法测出";
    internal override string HarnessMissing(int count, int machines) => $"{machines} 台机器中 {count} 台未检查";
    internal override string HarnessUnchecked => "测量开销：未检查";

    internal override string SyntheticWeights(string recipes, int models, int total) => $"{total} 个模型中 {models} 个使用合成权重（{recipes}）";
    internal override string AccuracyNotMeasured => "精度：本次运行未测量";
    internal override string FlopsConvention(string convention) => $"FLOPS {convention}";
    internal override string ParametersConvention(string convention) => $"参数量 {convention}";
    internal override string ComparedWithNothing => "未与任何参考值比较";
    internal override string Digest(string sha256) => $"摘要 sha256:{sha256}";

    internal override string LatencyByFlops => "延迟与 FLOPs";
    internal override string LatencyByParameters => "延迟与参数量";
    internal override string BatchScaling => "批大小扩展性";
    internal override string PlotTitle(string what, string where, string run) => $"{what}：{where}（运行 {run}）";
    internal override string WhereInRun(string where, string run) => $"{where} · 运行 {run}";
    internal override string Batch(int batch) => $"批大小 {batch}";
    internal override string FlopsAxis => "FLOPs（G，paddleclas_2020）";
    internal override string ParametersAxis => "参数量（M，no_bias）";
    internal override string LatencyAxis => "p50 延迟（毫秒/批）";
    internal override string BatchAxis => "批大小";
    internal override string Model => "模型";
    internal override string Ideal => "虚线：与批大小成正比";
    internal override string NothingToDraw => "没有可绘制的有效单元格";
    internal override string LeftOut(int count) => $"{count} 个模型没有有效值，未绘制";

    internal override string ScatterDescription(int models, string fastest, string slowest) =>
        models == 1 ? $"1 个模型：{fastest}。" : $"{models} 个模型；最快 {fastest}，最慢 {slowest}。";

    internal override string ScalingDescription(int models, string batches) => $"{models} 个模型，批大小 {batches}。";
}
