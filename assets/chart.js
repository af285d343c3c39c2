// Charts on figures: the numbers stand in a JSON script beside the box, and in a table for those who do not see it.
import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, TooltipComponent, CanvasRenderer]);

export function start() {
  for (const box of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    const chart = echarts.init(box);
    chart.setOption({
      aria: { enabled: true },
      color: ["#1b5e46"],
      grid: { left: 48, right: 12, top: 16, bottom: data.names.length > 8 ? 80 : 32 },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: data.names, axisLabel: { rotate: data.names.length > 8 ? 40 : 0 } },
      yAxis: { type: "value" },
      series: [{ type: box.dataset.kind || "bar", data: data.values, barMaxWidth: 36 }],
    });
    new ResizeObserver(() => chart.resize()).observe(box);
  }
}
