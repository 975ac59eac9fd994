"""sample.yaml of a model package: an invented place that fills its workbook in."""
