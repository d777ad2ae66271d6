{
  # One core, two faces: the helper executable and the Node-API addon. libpcap is loaded at run time,
  # so nothing of it is needed to build.
  'target_defaults': {
    'defines': ['LAYERSCOPE_VERSION="<!(node -p "require(\'../package.json\').version")"'],
    'cflags': ['-Wall', '-Wextra', '-O2', '-fstack-protector-strong'],
    'cflags_cc': ['-std=c++17'],
    'cflags_cc!': ['-std=gnu++17', '-std=gnu++20', '-fno-rtti'],
    'xcode_settings': {
      'CLANG_CXX_LANGUAGE_STANDARD': 'c++17',
      'MACOSX_DEPLOYMENT_TARGET': '11.0',
    },
    'msvs_settings': {'VCCLCompilerTool': {'AdditionalOptions': ['/std:c++17', '/utf-8']}},
    'conditions': [
      ['OS=="win"', {'defines': ['NOMINMAX', 'WIN32_LEAN_AND_MEAN'], 'libraries': ['ws2_32.lib', 'iphlpapi.lib', 'ole32.lib']}],
    ],
  },
  'targets': [
    {
      'target_name': 'capture_core',
      'type': 'static_library',
      'sources': [
        'core/capture_options.cc',
        'core/devices.cc',
        'core/file_set.cc',
        'core/filter.cc',
        'core/json.cc',
        'core/open_device.cc',
        'core/output.cc',
        'core/pcap_library.cc',
        'core/pcapng.cc',
        'core/session.cc',
        'core/syncer.cc',
      ],
      'conditions': [
        ['OS=="linux"', {'sources': ['core/platform_posix.cc', 'core/platform_linux.cc']}],
        ['OS=="mac"', {'sources': ['core/platform_posix.cc', 'core/platform_macos.cc']}],
        ['OS=="win"', {'sources': ['core/platform_windows.cc']}],
      ],
    },
    {
      'target_name': 'layerscope-capture',
      'type': 'executable',
      'dependencies': ['capture_core'],
      'sources': ['helper/main.cc', 'helper/watch.cc'],
      'conditions': [
        ['OS=="win"', {'sources': ['helper/windows_control.cc']}, {'sources': ['helper/pipe_control.cc']}],
        # A program with rights: loaded anywhere, tables read-only.
        ['OS=="linux"', {'cflags': ['-fPIE'], 'ldflags': ['-pie', '-Wl,-z,relro,-z,now'], 'ldflags!': ['-rdynamic'], 'libraries': ['-ldl', '-lpthread']}],
      ],
    },
    {
      'target_name': 'layerscope_native',
      'dependencies': ['capture_core'],
      'sources': ['addon/addon.cc'],
      'include_dirs': ['<!(node -p "require(\'node-addon-api\').include_dir")'],
      'defines': ['NAPI_VERSION=9', 'NAPI_DISABLE_CPP_EXCEPTIONS', 'NODE_API_NO_EXTERNAL_BUFFERS_ALLOWED'],
    },
  ],
  'conditions': [
    # Only tests and benchmarks use it.
    ['OS=="linux"', {'targets': [{'target_name': 'packet-sender', 'type': 'executable', 'sources': ['tools/packet-sender.cc']}]}],
  ],
}
