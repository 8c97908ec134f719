<#
From a clean checkout to a signed installer: packaging\windows\build.ps1

Needs Python 3.11 to 3.13 as `python` or known to `py`, and Inno Setup 6.3 or later (iscc.exe). Signs when these are set, and
says so when they are not:
  RECEPTION_SIGN_SHA1       thumbprint of a certificate in the user's store (a hardware token or key locker shows one), or
  RECEPTION_SIGN_PFX        path of a .pfx file, with RECEPTION_SIGN_PFX_PASSWORD
  RECEPTION_SIGN_TIMESTAMP  timestamp server (RFC 3161); http://timestamp.digicert.com if not set
#>
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
Set-Location $root

function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

function Find-Tool([string] $Name, [string[]] $Places) {
    $known = Get-Command $Name -ErrorAction SilentlyContinue
    if ($known) { return $known.Source }
    $found = Get-ChildItem -Path $Places -ErrorAction SilentlyContinue | Sort-Object FullName | Select-Object -Last 1
    if (-not $found) { throw "$Name was not found. See docs\packaging.md." }
    return $found.FullName
}

function Find-Python {
    # `py` alone takes the newest there is, which may be too new; `python` may be a stub that opens the Store.
    foreach ($words in 'python', 'py -3.13', 'py -3.12', 'py -3.11') {
        $program, $switches = -split $words
        if (-not (Get-Command $program -ErrorAction SilentlyContinue)) { continue }
        $arguments = @($switches | Where-Object { $_ }) + @('-c', 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12), (3, 13)))')
        & $program @arguments
        if ($LASTEXITCODE -eq 0) { return -split $words }
    }
    throw 'Python 3.11 to 3.13 was not found. See docs\packaging.md.'
}

function Get-SigningArguments {
    $timestamp = if ($env:RECEPTION_SIGN_TIMESTAMP) { $env:RECEPTION_SIGN_TIMESTAMP } else { 'http://timestamp.digicert.com' }
    $common = @('sign', '/fd', 'sha256', '/tr', $timestamp, '/td', 'sha256', '/d', 'Reception')
    if ($env:RECEPTION_SIGN_SHA1) { return $common + @('/sha1', $env:RECEPTION_SIGN_SHA1) }
    if ($env:RECEPTION_SIGN_PFX) {
        return $common + @('/f', $env:RECEPTION_SIGN_PFX, '/p', $env:RECEPTION_SIGN_PFX_PASSWORD)
    }
    return $null
}

$python = @(Find-Python)
Invoke-Checked $python[0] (@($python | Select-Object -Skip 1) + @('dev.py', 'package', '--no-smoke'))

$version = (& '.venv\Scripts\python.exe' '-c' 'import receptionapp; print(receptionapp.__version__)').Trim()
$sign = Get-SigningArguments
$defines = @("/DVersion=$version")
if ($sign) {
    $signtool = Find-Tool 'signtool.exe' @("${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe")
    $ours = @(Get-ChildItem 'dist\Reception' -Recurse -Include *.exe, *.dll, *.pyd |
        Where-Object { (Get-AuthenticodeSignature $_.FullName).Status -ne 'Valid' })
    for ($first = 0; $first -lt $ours.Count; $first += 50) {  # a command line is short
        $last = [Math]::Min($first + 49, $ours.Count - 1)
        Invoke-Checked $signtool ($sign + $ours[$first..$last].FullName)
    }
    # In the command for Inno Setup, $q is a quotation mark and $f the file.
    $quoted = $sign | ForEach-Object { if ($_ -match '\s') { "`$q$_`$q" } else { $_ } }
    $defines += @('/DSigned', "/Sreception=`$q$signtool`$q $($quoted -join ' ') `$f")
} else {
    Write-Host 'No certificate is set, so nothing is signed: for trying out only.'
}

Invoke-Checked '.venv\Scripts\python.exe' @('dev.py', 'smoke')
$iscc = Find-Tool 'iscc.exe' @("${env:ProgramFiles(x86)}\Inno Setup *\ISCC.exe", "$env:ProgramFiles\Inno Setup *\ISCC.exe")
Invoke-Checked $iscc ($defines + @('packaging\windows\reception.iss'))
Get-ChildItem 'dist\*-setup.exe' | ForEach-Object { Write-Host ('{0}: {1:N0} MB' -f $_.Name, ($_.Length / 1e6)) }
