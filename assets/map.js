// The one map: outlines of the place itself, drawn without any server; a tile address is a setting.
import * as maplibregl from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";

maplibregl.setWorkerUrl(new URL("./maplibre-gl-worker.mjs", import.meta.url).href);

const bounds = (features) => {
  const box = new maplibregl.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? box.extend(part) : part.forEach(walk));
  features.forEach((feature) => walk(feature.geometry.coordinates));
  return box;
};

const colour = ["match", ["get", "tone"], "red", "#a51d1d", "orange", "#c65a1b", "yellow", "#c9a227", "#1b5e46"];

export async function start() {
  for (const box of document.querySelectorAll("[data-map]")) {
    const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) { box.textContent = box.dataset.failed || "…"; continue; }
    const data = await answer.json();
    if (!data.features.length) { box.textContent = box.dataset.empty || ""; continue; }
    const tiles = box.dataset.tiles;
    const map = new maplibregl.Map({
      container: box,
      attributionControl: false,
      bounds: bounds(data.features),
      fitBoundsOptions: { padding: 24, maxZoom: 17 },
      style: {
        version: 8,
        sources: {
          areas: { type: "geojson", data },
          ...(tiles ? { tiles: { type: "raster", tiles: [tiles], tileSize: 256 } } : {}),
        },
        layers: [
          { id: "ground", type: "background", paint: { "background-color": "#f1ede2" } },
          ...(tiles ? [{ id: "tiles", type: "raster", source: "tiles" }] : []),
          { id: "fill", type: "fill", source: "areas", paint: { "fill-color": colour, "fill-opacity": ["case", ["has", "tone"], 0.32, 0.18] } },
          { id: "line", type: "line", source: "areas", paint: { "line-color": colour, "line-width": 1.4 } },
          { id: "spot", type: "circle", source: "areas", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 9, "circle-color": ["case", ["has", "tone"], colour, "#a51d1d"], "circle-stroke-color": "#fffefb", "circle-stroke-width": 2.5 } },
          { id: "name", type: "symbol", source: "areas", layout: { "text-field": ["case", ["has", "load"], ["concat", ["get", "name"], "\n", ["get", "load"]], ["get", "name"]], "text-size": 12, "text-offset": ["case", ["==", ["geometry-type"], "Point"], ["literal", [0, 1.6]], ["literal", [0, 0]]] },
            paint: { "text-color": "#1e2723", "text-halo-color": "#fffefb", "text-halo-width": 1.5 } },
        ],
      },
    });
    map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
    map.on("click", "fill", (event) => {
      const url = event.features[0]?.properties.url;
      if (url) location.href = url;
    });
    map.on("mouseenter", "fill", () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", "fill", () => { map.getCanvas().style.cursor = ""; });
  }
}
