"""The pure half of copydesk: values in, values out. No network, no disk beyond packaged rule files, no clock."""
